using System.Text;
using System.Text.Json;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class DiagnosticTests
{
    [TestCase("global_defs {\n  vrrp_version 9\n}", "2:16", "KC0402")]
    [TestCase("global_defs {\n  vrrp_garp_master_delay\n}", "2:25", "KC0401")]
    [TestCase("global_defs { router_id a\n nope }", "2:2", "KC0301")]
    [TestCase("$V=9\nglobal_defs {\n  vrrp_version $V\n}", "3:16", "KC0402")]
    [TestCase("global_defs {\n~SEQ(I,8,9) vrrp_version $I\n}", "2:26", "KC0402")]
    [TestCase("$B=router_id a \\\nvrrp_version 9\nglobal_defs {\n  $B\n}", "4:3", "KC0402")]
    [TestCase("a\\#b {", "1:1", "KC0301")]
    [TestCase("global_defs {\n", "1:1", "KC0305")]
    public void Location_OfAWrongWord_IsWhereItStandsInTheFile(string text, string place, string code)
    {
        var diagnostic = Load.Text(text).Diagnostics[0];
        Assert.That((diagnostic.Location.ToString(), diagnostic.Code.Id), Is.EqualTo(($"{Load.Main}:{place}", code)));
    }

    [Test]
    public void Note_OfAWordFromADefinition_NamesTheDefinition()
    {
        var diagnostic = Load.Text("\n$V=9\nglobal_defs {\n  vrrp_version $V\n}").Diagnostics[0];
        Assert.That(diagnostic.Notes.Single(), Is.EqualTo(new DiagnosticNote(new SourceLocation(Load.Main, 2, 1), "$V is defined here")));
    }

    [TestCase("vrrp_instence VI {\n}", "vrrp_instance")]
    [TestCase("global_defs {\nruter_id x\n}", "router_id")]
    [TestCase("global_defs {\nvrrp_vresion 3\n}", "vrrp_version")]
    [TestCase("global_defs {\nSMTP_alert on\n}", "smtp_alert")]
    public void Suggestion_ForAMisspeltKeyword_IsTheNearestOfItsBlock(string text, string suggestion) =>
        Assert.That(Load.Text(text).Diagnostics[0].Suggestion, Is.EqualTo(suggestion));

    [Test]
    public void Suggestion_ForAForeignWord_IsNone() => Assert.That(Load.Text("completely_different").Diagnostics[0].Suggestion, Is.Null);

    [Test]
    public void Expectation_ForAKeywordOfAnotherBlock_NamesThatBlock() =>
        Assert.That(Load.Text("vrrp_version 3").Diagnostics[0].Expected, Is.EqualTo("this keyword inside global_defs"));

    [Test]
    public void Text_OfADiagnostic_HasSourceAndCaret()
    {
        var text = DiagnosticFormatter.ToText(Load.Text("global_defs {\n  vrrp_version 99\n}").Diagnostics[0]);
        Assert.That(text, Is.EqualTo($"{Load.Main}:2:16: error KC0402: vrrp_version: 99 is out of range\n"
            + "      vrrp_version 99\n                   ^~\n    expected: a number from 2 to 3\n"));
    }

    [Test]
    public void Caret_BehindCharactersOfSeveralBytes_IsBelowTheWord()
    {
        var lines = DiagnosticFormatter.ToText(Load.Text("global_defs { router_id größe } übel").Diagnostics[0]).Split('\n');
        Assert.That(lines[1], Does.EndWith("router_id größe } übel"));
        Assert.That(lines[2].IndexOf('^', StringComparison.Ordinal), Is.EqualTo(lines[1].IndexOf("übel", StringComparison.Ordinal)));
        Assert.That(lines[2], Does.EndWith("^~~~"));
    }

    [Test]
    public void ByteOrderMark_BeforeAKeyword_IsNamed() =>
        Assert.That(Load.Text("\uFEFFglobal_defs {\n}").Diagnostics[0].Expected, Does.Contain("byte order mark"));

    [Test]
    public void Comment_InUtf8_IsShownAsItIs() =>
        Assert.That(Load.Text("nope # 检查\n").Diagnostics[0].SourceLine, Is.EqualTo("nope # 检查"));

    [Test]
    public void Brace_OfAnUndefinedReference_IsExplained() =>
        Assert.That(Load.Text("global_defs {\nrouter_id ${NAME}\n}").Diagnostics[0].Message, Does.Contain("not defined"));

    [Test]
    public void Line_OfADiagnostic_HasExpectationAndSuggestion() =>
        Assert.That(DiagnosticFormatter.ToLine(Load.Text("global_defs {\nruter_id x\n}").Diagnostics[0]),
            Is.EqualTo($"{Load.Main}:2:1: error KC0301: unknown keyword 'ruter_id' in global_defs; did you mean 'router_id'?"));

    [Test]
    public void Json_OfDiagnostics_IsAnArrayOfObjects()
    {
        using var stream = new MemoryStream();
        DiagnosticJson.Write(stream, Load.Text("$V=9\nglobal_defs {\nvrrp_version $V\n}").Diagnostics);
        using var json = JsonDocument.Parse(stream.ToArray());
        var first = json.RootElement[0];
        Assert.That((first.GetProperty("code").GetString(), first.GetProperty("line").GetInt32(),
            first.GetProperty("notes").GetArrayLength()),
            Is.EqualTo(("KC0402", 3, 1)));
    }

    [TestCase("auth_pass hunter22", "foo bar")]
    [TestCase("auth_pass \"hunter22", "")]
    [TestCase("auth_pass hunter22hunter22", "")]
    [TestCase("auth_pas hunter22", "")]
    [TestCase("auht_pass hunter22", "")]
    [TestCase("$VRRP_PASS=hunter22 \"", "")]
    public void Secrets_InSourceLines_AreNeverShown(string line, string other)
    {
        var result = Load.Text($"vrrp_instance VI {{\nauthentication {{\n{line}\n{other}\n}}\n}}");
        var text = new StringBuilder();
        foreach (var diagnostic in result.Diagnostics)
            text.Append(DiagnosticFormatter.ToText(diagnostic)).Append(diagnostic);
        Assert.That(text.ToString(), Does.Not.Contain("hunter22").And.Not.Empty);
    }

    [Test]
    public void Diagnostics_BeyondTheLimit_StillCount()
    {
        var result = Load.Text(string.Concat(Enumerable.Repeat("nonsense\n", 12_000)));
        Assert.That((result.Diagnostics.Count, result.TestExitCode), Is.EqualTo((10_001, 5)));
        Assert.That(result.Diagnostics[^1].Message, Is.EqualTo("and 2000 more findings, which are not shown"));
    }

    [Test]
    public void KnownKeywords_ThatDoNothingYet_AreNamedOnceAndNoFault()
    {
        var result = Load.Text("global_defs {\nenable_dbus\nenable_dbus\nenable_traps\n}");
        Assert.That(result.Diagnostics.Select(static d => (d.Code, d.Severity, d.Location.Line)), Is.EquivalentTo(new[]
        {
            (DiagnosticCodes.NotActive, DiagnosticSeverity.Notice, 2), (DiagnosticCodes.NotActive, DiagnosticSeverity.Notice, 4),
        }));
        Assert.That((result.TestExitCode, result.HasFaults), Is.EqualTo((0, false)));
    }

    [Test]
    public void Codes_AreUnique()
    {
        var codes = typeof(DiagnosticCodes).GetProperties().Select(static property => (DiagnosticCode)property.GetValue(null)!).ToList();
        Assert.That(codes.Select(static code => code.Id), Is.Unique);
        Assert.That(codes.Select(static code => code.Name), Is.Unique);
    }
}
