using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>The examples of the language's description with their verdicts, numbered as there.</summary>
public sealed class SpecificationExampleTests
{
    [TestCase("", 0)]
    [TestCase("global_defs { router_id A }", 0)]
    [TestCase("global_defs\n{\nrouter_id A }", 0)]
    [TestCase("global_defs {\nfoo 1\n}\nbar", 5)]
    [TestCase("global_defs {\nrouter_id A", 5)]
    [TestCase("global_defs {\n}\n}", 5)]
    [TestCase("global_defs\nrouter_id A\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay\n}", 2)]
    [TestCase("global_defs {\nvrrp_garp_master_delay abc\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay -1\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 5x\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 4295\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 0x10\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 5.5\n}", 5)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 010\n}", 0)]
    [TestCase("global_defs {\nvrrp_garp_master_delay +5\n}", 0)]
    [TestCase("global_defs {\nvrrp_garp_master_delay \" 5\"\n}", 0)]
    [TestCase("global_defs {\nvrrp_garp_master_delay \"\"\n}", 0)]
    [TestCase("global_defs {\nvrrp_garp_master_delay 4294\n}", 0)]
    [TestCase("global_defs {\nunk {\nrouter_id x\n}\nrouter_id y\n}", 5)]
    [TestCase("global_defs {\nsmtp_alert maybe\n}", 5)]
    [TestCase("global_defs {\nsmtp_alert TRUE\n}", 5)]
    [TestCase("global_defs {\nsmtp_alert yes\n}", 0)]
    [TestCase("global_defs {\nsmtp_alert \"on\"\n}", 0)]
    [TestCase("global_defs {\nsmtp_alert\n}", 0)]
    [TestCase("include nofile", 0)]
    [TestCase("includer nofile", 0)]
    [TestCase("includem nofile", 6)]
    [TestCase("includem no*", 0)]
    [TestCase("includew no*", 6)]
    [TestCase("includea nofile", 6)]
    [TestCase("includer /etc/keepalived", 6)]
    [TestCase("global_defs {\ninclude_check\n}\ninclude nofile", 6)]
    [TestCase("global_defs {\ninclude_check readable\n}", 5)]
    [TestCase("include", 5)]
    [TestCase("includer", 5)]
    [TestCase("includex f", 5)]
    [TestCase("include \"sub/b.conf\"", 0)]
    [TestCase("global_defs {\nnotification_email a {\nb\n}\n}", 5)]
    [TestCase("global_defs {\nnotification_email {\n}\n}", 5)]
    [TestCase("global_defs {\nnotification_email { a@b }\n}", 0)]
    [TestCase("global_defs {\numask 022\n}", 0)]
    [TestCase("global_defs {\numask 0x12\n}", 0)]
    [TestCase("global_defs {\numask IRGRP | IWGRP\n}", 0)]
    [TestCase("global_defs {\numask 0999\n}", 5)]
    [TestCase("global_defs {\numask 01000\n}", 5)]
    [TestCase("global_defs {\numask 022 1\n}", 5)]
    [TestCase("global_defs {\numask FOO\n}", 5)]
    [TestCase("global_defs {\numask IRGRP IWGRP\n}", 5)]
    [TestCase("global_defs {\numask IRWXG\n}", 0, Description = "since 2.2.8")]
    [TestCase("a3\"# not\" # c", 5)]
    [TestCase("~SEQY(I,3) a", 5)]
    [TestCase("global_defs {\nlvs_sync_daemon eth0 VI 5\n}", 5)]
    [TestCase("global_defs {\nlvs_sync_daemon eth0 inst VI id 256\n}", 5)]
    [TestCase("global_defs {\nlvs_sync_daemon eth0 inst\n}", 2)]
    [TestCase("global_defs {\nlvs_sync_daemon eth0 inst VI id 5 maxlen 1000 port 8848 ttl 3 group 224.0.0.81\n}", 0)]
    [TestCase("global_defs {\nchild_wait_time 5\n}", 5)]
    public void Verdict_OfAnExample_IsTheOriginals(string text, int exitCode)
    {
        var result = Load.Text(text);
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
    }

    [Test]
    public void T02_UnknownKeywords_AreReportedOnceEach() =>
        Assert.That(Load.Text("global_defs {\nfoo 1\n}\nbar").Diagnostics.Select(static d => d.Location.ToString()),
            Is.EqualTo(new[] { $"{Load.Main}:2:1", $"{Load.Main}:4:1" }));

    [TestCase("global_defs {\nrouter_id A")]
    [TestCase("global_defs {\n}\n}")]
    [TestCase("global_defs\nrouter_id A\n}")]
    [TestCase("global_defs {\nfoo 1\n}\nbar")]
    [TestCase("global_defs {\nvrrp_garp_master_delay abc\n}")]
    public void T03_ADaemon_RunsWithWhatItUnderstood(string text)
    {
        var result = ConfigurationLoader.Load(Load.Options(text) with { TestMode = false });
        Assert.That((result.StartExitCode, result.HasFaults || text.Contains("abc")), Is.EqualTo(((int?)null, true)), Load.Describe(result));
    }

    [Test]
    public void T09_AMissingParameter_StopsTheDaemon() =>
        Assert.That(Load.Text("global_defs {\nvrrp_garp_master_delay\n}").StartExitCode, Is.EqualTo(2));

    [Test]
    public void T11_AnUnknownBlock_IsReadInTheOneAroundIt()
    {
        var result = Load.Text("global_defs {\nunk {\nrouter_id x\n}\nrouter_id y\n}");
        Assert.That(result.Diagnostics.Select(static d => (d.Code, d.Location.Line)), Is.EqualTo(new[]
        {
            (DiagnosticCodes.UnknownKeyword, 2), (DiagnosticCodes.UnexpectedOpenBrace, 2), (DiagnosticCodes.UnknownKeyword, 5),
            (DiagnosticCodes.UnexpectedCloseBrace, 6),
        }));
        Assert.That(result.Configuration.Global.RouterId, Is.EqualTo("x"));
    }

    [Test]
    public void T06_MissingMainFile_FailsOnlyWhereAllIsChecked()
    {
        var options = Load.Options(string.Empty) with { Path = "/etc/keepalived/absent.conf" };
        var result = ConfigurationLoader.Load(options);
        Assert.That((result.TestExitCode, result.StartExitCode, result.IsMainFileMissing), Is.EqualTo((0, (int?)6, true)));
        Assert.That(result.Diagnostics, Has.Count.EqualTo(1));
        Assert.That(ConfigurationLoader.Load(options with { AllConfig = true }).TestExitCode, Is.EqualTo(4));
    }

    [Test]
    public void T07_SeveralMainFiles_AreAllReadAndReported()
    {
        var source = new MemorySource().Add("m1.conf", "global_defs { router_id one }").Add("m2.conf", "instance two");
        var result = ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = source, Path = "m?.conf" });
        Assert.That(result.TestExitCode, Is.EqualTo(5));
        Assert.That((result.Configuration.Global.RouterId, result.Configuration.Global.Instance), Is.EqualTo(("one", "two")));
    }

    [Test]
    public void T08_ExecutableMainFileOrDirectory_IsLikeAMissingOne()
    {
        var source = new MemorySource().Add(Load.Main, "bad");
        source.Executable.Add(Load.Main);
        foreach (var path in new[] { Load.Main, "/etc/keepalived" })
        {
            var options = Load.Options(string.Empty) with { Source = source, Path = path };
            Assert.That(ConfigurationLoader.Load(options).TestExitCode, Is.Zero);
            Assert.That(ConfigurationLoader.Load(options with { AllConfig = true }).TestExitCode, Is.EqualTo(4));
        }
    }

    [Test]
    public void T13_IncludeOfAMissingFile_FailsWhereAllIsChecked() =>
        Assert.That(ConfigurationLoader.Load(Load.Options("include nofile") with { AllConfig = true }).TestExitCode, Is.EqualTo(6));

    [Test]
    public void T16_References_AreFoundWhereTheyEnd() =>
        Assert.That(Load.Keywords("$A=hello\nx_$A\ny_${A}z\n$B = w\nw_$Az\nv_$A,b\nt_$A-1"),
            Is.EqualTo(new[] { "x_hello", "y_helloz", "$B", "w_$Az", "v_hello,b", "t_$A-1" }));

    [Test]
    public void T17_Definitions_AreBoundLate() =>
        Assert.That(Load.Keywords("$A=$B\n$B=foo\nx_${A}\n$B=bar\ny_${A}"), Is.EqualTo(new[] { "x_foo", "y_bar" }));

    [Test]
    public void T18_AnUndefinedReference_StaysAndItsBracesSplit()
    {
        var result = Load.Text("q_${UNDEF}");
        Assert.That(result.Diagnostics.Select(static d => d.Code), Is.EqualTo(new[]
        {
            DiagnosticCodes.UnknownKeyword, DiagnosticCodes.UnexpectedOpenBrace, DiagnosticCodes.UnknownKeyword,
                DiagnosticCodes.UnexpectedCloseBrace,
        }));
    }

    [Test]
    public void T19_MultiLineDefinitions_ComeLineByLine() =>
        Assert.That(Load.Keywords("$ML=first \\\n second \\\n \\\n third\n$ML\nx ${ML}\ny $ML z"),
            Is.EqualTo(new[] { "first", "second", "third", "x", "second", "third", "y" }));

    [Test]
    public void T20_AnEmptyLine_EndsADefinition() =>
        Assert.That(Load.Keywords("$M=one\\\n\nafter\n$M"), Is.EqualTo(new[] { "after", "one" }));

    [TestCase("~SEQ(I,3) a_$I", "a_1 a_2 a_3")]
    [TestCase("~SEQ(I,2,4) a_$I", "a_2 a_3 a_4")]
    [TestCase("~SEQ(I,1,2,5) a_$I", "a_1 a_3 a_5")]
    [TestCase("~SEQ(I,5,-2,1) a_$I", "a_5 a_3 a_1")]
    [TestCase("~SEQ(I,0) a_$I", "a_1 a_0")]
    [TestCase("~SEQ(I,-2) a_$I", "a_-1 a_-2")]
    [TestCase("~SEQx(I,8,12) a_$I", "a_8 a_9 a_a a_b a_c")]
    [TestCase("~SEQ(I,0x10,0x12) a_$I", "a_16 a_17 a_18")]
    [TestCase("~SEQ(I,2) ~SEQ(J,2) n_${I}_$J", "n_1_1 n_1_2 n_2_1 n_2_2")]
    [TestCase("$N=3\n~SEQ (I, $N) a_$I", "a_1 a_2 a_3")]
    [TestCase("$X=~SEQ(I,2) a_$I\n$X", "a_1 a_2")]
    [TestCase("~LST({I,J},{a,b},{c,d}) n_${I}_$J", "n_a_b n_c_d")]
    [TestCase("~LST({I,J},{a}) n_${I}_${J}x", "n_a_x")]
    [TestCase("~SEQ(I,2) ~LST(J,x,y) t_${I}_$J", "t_1_x t_1_y t_2_x t_2_y")]
    [TestCase("~LST(J,a,) v${J}z", "vaz vz")]
    [TestCase("$M=p_$I \\\n q_$I\n~SEQ(I,2) $M", "p_1 q_1 p_2 q_2")]
    public void T21_Generators_MakeTheirLines(string text, string keywords) =>
        Assert.That(string.Join(' ', Load.Keywords(text)), Is.EqualTo(keywords));

    [TestCase("~SEQ(I) a")]
    [TestCase("~SEQ(I,5,1,1) a")]
    [TestCase("~SEQ(I,1,0,1) a")]
    [TestCase("~SEQ(I,1,2,3,4) a")]
    [TestCase("~SEQx(I,-1,1) a")]
    [TestCase("~LST({I,J},{a,b,e}) a")]
    [TestCase("~LST(I) a")]
    [TestCase("~SEQ(I,3 a")]
    public void T21_MalformedGenerators_AreReportedAndLeftOut(string text) =>
        Assert.That(Load.Text(text).Diagnostics.Select(static d => d.Code), Is.EqualTo(new[] { DiagnosticCodes.BadGenerator }));

    [Test]
    public void T23_Conditions_AreComparedWithTheConfigId() =>
        Assert.That(Load.Keywords("@myid a\n@other b\n@^myid c\n@^other d\n@myid\n@myid @^other e"),
            Is.EqualTo(new[] { "a", "d", "@^other" }));

    [Test]
    public void T23_AConditionFromADefinition_Counts() =>
        Assert.That(Load.Keywords("$IF=@myid\n$NO=@other\n$IF yes\n$NO no"), Is.EqualTo(new[] { "yes" }));

    [Test]
    public void T24_CommentsAndQuotes_FollowTheirRules()
    {
        Assert.That(Load.Keywords("a4\\# e\na7 'single # q'\na#b\n#c\n!d\n  f  "), Is.EqualTo(new[] { "a4#", "a7", "a", "f" }));
        Assert.That(Load.Text("un\"balanced").Diagnostics.Select(static d => d.Code),
            Is.EqualTo(new[] { DiagnosticCodes.UnterminatedQuote, DiagnosticCodes.UnknownKeyword }));
    }

    [Test]
    public void T24_AWordInQuotes_KeepsItsHashAndEndsTheOneBefore() =>
        Assert.That(Load.Text("global_defs {\nlvs_flush_on_stop\"V # S\" # c\n}").Diagnostics.Single().Message, Does.Contain("V # S"));

    [Test]
    public void T25_ATrailingBackslash_ContinuesNothing() =>
        Assert.That(Load.Keywords("a9 x \\\na10 y"), Is.EqualTo(new[] { "a9", "a10" }));

    [Test]
    public void T26_HashAndBang_AreForQuotes() =>
        Assert.That(Load.Keywords("\"q${_HASH}z\"\nx${_HASH}z\n\\${_HASH}e\n\"w${_BANG}\""), Is.EqualTo(new[] { "q#z", "x", "#e", "w!" }));

    [TestCase("", 6)]
    [TestCase("enable_script_security", 5)]
    [TestCase("enable_script_security\nscript_user root", 0)]
    public void T28_Scripts_NeedSecurityAndAUser(string globals, int exitCode)
    {
        var result = Load.Text(
            $"global_defs {{\n{globals}\n}}\nvrrp_script s {{\nscript /bin/true\n}}\nvrrp_instance VI {{\ninterface eth0\n"
            + "virtual_router_id 1\ntrack_script {\ns\n}\nvirtual_ipaddress {\n10.0.0.1\n}\n}");
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
    }

    [TestCase("", 5)]
    [TestCase("global_defs { dynamic_interfaces }", 0)]
    public void T29_AnAbsentInterface_NeedsDynamicInterfaces(string globals, int exitCode)
    {
        var result = Load.Text(
            $"{globals}\nvrrp_instance VI {{\ninterface eth9\nvirtual_router_id 1\nvirtual_ipaddress {{\n10.0.0.1\n}}\n}}");
        Assert.That(result.TestExitCode, Is.EqualTo(exitCode), Load.Describe(result));
    }

    [Test]
    public void T34_ALineThatIsTooLong_IsReportedAndLeftOut()
    {
        var result = Load.Text(new string('x', 1100) + "\nnext");
        Assert.That(result.Diagnostics.Select(static d => d.Code),
            Is.EqualTo(new[] { DiagnosticCodes.LineTooLong, DiagnosticCodes.UnknownKeyword }));
        Assert.That(result.TestExitCode, Is.EqualTo(5));
    }

    [TestCase("$P=$Q\n$Q=$P\n$P")]
    [TestCase("$IF=$IF\n$IF")]
    [TestCase("$R=${R}x\n$R")]
    [TestCase("$M=a \\\n$M\n$M")]
    public void T35_Recursion_EndsInADiagnostic(string text) =>
        Assert.That(Load.Text(text).Diagnostics.Select(static d => d.Code), Does.Contain(DiagnosticCodes.RecursiveDefinition));
}
