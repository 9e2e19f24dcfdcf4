using System.Diagnostics;
using System.Text;
using CsCheck;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Whatever a file contains: an answer, in bounded time.</summary>
public sealed class HostileInputTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static readonly string[] Pieces =
    [
        "global_defs", "vrrp_instance VI_1", "{", "}", "\n", "\n", "$A=", "$A", "${A}", "${_RANDOM 1 6}", "~SEQ(I,3) ",
            "~LST({a,b},{1,2}) ", "$I", "include x*", "\\\n", "\"",
        "'", "#", "!", "@myid ", "@^x ", "virtual_ipaddress {", "10.0.0.1/24 dev eth0", "fe80::1", "priority 100", "router_id x",
            "script \"/bin/true a\"", "track_script {",
        "authentication { auth_type PASS", "auth_pass x", " ", "\t", "\r\n", "99999999999999999999", "-1", "0x1f", "unicast_peer {",
            "real_server 10.0.0.1 80 {",
        "virtual_server 10.0.0.1 80 {", "HTTP_GET {", "url {", "status_code 200-", "\0", "é", "notify_master", "lvs_sync_daemon eth0 inst",
    ];

    [Test]
    public void RandomBytes_NeverThrow() =>
        Gen.Byte.Array[0, 600].Sample(static bytes =>
        {
            ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = new MemorySource().Add(Load.Main, bytes) });
        }, iter: 2000);

    [TestCase("«static_routes { 10.6.0.0/24 dev eth0 track_group nosuch }»")]
    [TestCase("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n«10.$A.0.1 dev eth0»\n}\n}")]
    [TestCase("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress_excluded {\n10.0.0.1\n«fe80::$A dev eth0»\n}\n}")]
    [TestCase("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\ntrack_script {\n«s$A»\n}\n}")]
    [TestCase("vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\nunicast_peer {\n«fe80::$A»\n}\n}")]
    [TestCase("«vrrp_instance v$A { interface eth0 }»")]
    [TestCase("«vrrp_script s$A { script /bin/true }»\n«vrrp_instance v$A { interface eth0 }»")]
    [TestCase("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n«MISC_CHECK { misc_path /bin/true }»\n}\n}")]
    [TestCase("virtual_server 10.0.0.1 80 {\n«real_server fe80::$A 80 { weight 1 }»\n}")]
    [TestCase("«nope»")]
    public void GeneratedLines_OfAllKinds_AreReadInProportion(string text)
    {
        var generated = text.Replace("«", "~SEQ(A,2147483647) ", StringComparison.Ordinal).Replace("»", string.Empty, StringComparison.Ordinal);
        var start = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Load.Text(generated);
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(Bound));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1L << 30));
    }

    [Test]
    public void ShuffledPieces_NeverThrow() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 80].Sample(static picks =>
        {
            var text = string.Concat(picks.Select(static pick => Pieces[pick]));
            var result = Load.Text(text);
            foreach (var diagnostic in result.Diagnostics)
                DiagnosticFormatter.ToText(diagnostic);
        }, iter: 4000);

    [Test]
    public void MutatedConfigurations_NeverThrow()
    {
        var valid = Encoding.UTF8.GetBytes(ModelTests.Full);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Int[0, 2]).Array[1, 12].Sample(mutations =>
        {
            var bytes = valid.ToList();
            foreach (var (at, value, kind) in mutations)
            {
                var index = Math.Min(at, bytes.Count - 1);
                if (kind == 0)
                    bytes[index] = value;
                else if (kind == 1)
                    bytes.RemoveAt(index);
                else
                    bytes.Insert(index, value);
            }

            ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = new MemorySource().Add(Load.Main, bytes.ToArray()) });
        }, iter: 2000);
    }

    [TestCase("$A=$A$A\n$A", Description = "a definition of itself twice")]
    [TestCase("~SEQ(I,1000000000) ~SEQ(J,1000000000) x", Description = "a sequence too long")]
    [TestCase("$X=~SEQ(I,2) $X\n$X", Description = "a generator in itself")]
    [TestCase("~SEQ(I,200000) nonsense_$I { more }", Description = "nonsense by the hundred thousand")]
    [TestCase("$A=x \\\n$A $A\n$A", Description = "a multi-line definition of itself")]
    public void Explosions_EndWithADiagnostic(string text) => AssertBounded(text);

    [Test]
    public void ExponentialDefinitions_EndWithADiagnostic()
    {
        var text = new StringBuilder("$A0=x \\\ny\n");
        for (var i = 1; i < 60; i++)
            text.Append($"$A{i}=$A{i - 1} \\\n$A{i - 1}\n");
        AssertBounded(text.Append("$A59\n").ToString());
    }

    [Test]
    public void EmptyDefinitions_ByTheThousand_EndWithADiagnostic()
    {
        var fan = string.Concat(Enumerable.Repeat("${E}", 200));
        AssertBounded($"$E=\n$F={fan}\n{string.Concat(Enumerable.Repeat("${F}", 100))}x\n");
    }

    [Test]
    public void ALineOfAMegabyte_IsLeftOut()
    {
        var result = Load.Text(new string('a', 1 << 20) + "\nglobal_defs { router_id x }");
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCodes.LineTooLong));
        Assert.That(result.Configuration.Global.RouterId, Is.EqualTo("x"));
    }

    [Test]
    public void Braces_ByTheHundredThousand_AreBounded() => AssertBounded(string.Concat(Enumerable.Repeat("global_defs { x { ", 30_000)));

    [Test]
    public void IncludeLoop_IsReported()
    {
        var source = new MemorySource().Add(Load.Main, "include b.conf").Add("b.conf", "include keepalived.conf\ninstance x");
        var result = ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = source });
        Assert.That(result.Diagnostics.Single(), Has.Property("Code").EqualTo(DiagnosticCodes.IncludeLoop)
            .And.Property("Location").EqualTo(new SourceLocation("/etc/keepalived/b.conf", 1, 9)));
        Assert.That(result.Configuration.Global.Instance, Is.EqualTo("x"));
    }

    [Test]
    public void IncludesOfEverythingByEverything_AreBounded()
    {
        var source = new MemorySource().Add(Load.Main, "include f*.conf");
        for (var i = 0; i < 9; i++)
            source.Add($"f{i}.conf", "include f*.conf");
        var watch = Stopwatch.StartNew();
        var result = ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = source });
        Assert.That(watch.Elapsed, Is.LessThan(Bound));
        Assert.That(result.HasFaults);
    }

    [Test]
    public void NestedIncludes_ToADepthOfTen_Work()
    {
        var source = new MemorySource().Add(Load.Main, "include f1.conf");
        for (var i = 1; i < 10; i++)
            source.Add($"f{i}.conf", $"include f{i + 1}.conf");
        var result = ConfigurationLoader.Load(Load.Options(string.Empty) with { Source = source.Add("f10.conf", "instance deep") });
        Assert.That((result.Configuration.Global.Instance, result.Diagnostics.Count), Is.EqualTo(("deep", 0)));
    }

    private static void AssertBounded(string text)
    {
        var watch = Stopwatch.StartNew();
        var result = Load.Text(text);
        Assert.That(watch.Elapsed, Is.LessThan(Bound));
        Assert.That(result.HasFaults, Load.Describe(result));
    }
}
