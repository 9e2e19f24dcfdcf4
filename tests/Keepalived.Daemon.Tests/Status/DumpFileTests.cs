using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;

namespace Keepalived.Daemon.Tests.Status;

public sealed class DumpFileTests
{
    [TestCase(null, DumpKind.Data, DaemonRole.Vrrp, "/t/keepalived.data")]
    [TestCase(null, DumpKind.Data, DaemonRole.Supervisor, "/t/keepalived_parent.data")]
    [TestCase(null, DumpKind.Data, DaemonRole.Checker, "/t/keepalived_check.data")]
    [TestCase(null, DumpKind.Data, DaemonRole.Bfd, "/t/keepalived_bfd.data")]
    [TestCase("/var/my.dat", DumpKind.Data, DaemonRole.Supervisor, "/var/my_parent.dat")]
    [TestCase("my.dat", DumpKind.Data, DaemonRole.Vrrp, "/t/my.dat")]
    [TestCase("/var/dumps/", DumpKind.Data, DaemonRole.Bfd, "/var/dumps/keepalived_bfd.data")]
    [TestCase("noextension", DumpKind.Data, DaemonRole.Checker, "/t/noextension_check")]
    [TestCase(null, DumpKind.Statistics, DaemonRole.Vrrp, "/t/keepalived.stats")]
    [TestCase("s.txt", DumpKind.StatisticsThenClear, DaemonRole.Vrrp, "/t/s.txt")]
    [TestCase(null, DumpKind.Json, DaemonRole.Vrrp, "/t/keepalived.json")]
    [TestCase("/var/j/", DumpKind.Json, DaemonRole.Vrrp, "/var/j/keepalived.json")]
    public void Path_OfADump_IsWhereTheConfigurationSays(string? configured, object kind, object role, string path)
    {
        var global = new GlobalDefinitions { StateDumpFile = configured, StatsDumpFile = configured, JsonDumpFile = configured };

        Assert.That(new DumpFile(new CommandLineOptions(), global, "/t").PathOf((DumpKind)kind, (DaemonRole)role), Is.EqualTo(path));
    }

    [TestCase("blue", "in1", "/t/my_parent.blue_in1.dat")]
    [TestCase(null, "in1", "/t/my_parent.in1.dat")]
    [TestCase("blue", null, "/t/my_parent.blue.dat")]
    [TestCase(null, null, "/t/my_parent.dat")]
    public void Path_WithTheInstance_HasItBeforeTheExtension(string? space, string? instance, string path)
    {
        var global = new GlobalDefinitions { DataUseInstance = true, NetNamespace = space, Instance = instance, StateDumpFile = "my.dat" };

        Assert.That(new DumpFile(new CommandLineOptions(), global, "/t").PathOf(DumpKind.Data, DaemonRole.Supervisor), Is.EqualTo(path));
    }

    [Test]
    public void Json_OfAnything_IsWrittenAsTheOriginalDoes()
    {
        var json = new JsonText().Array().Object().String("path", "/bin/\"x\"\\\n").Number("n", 0.5).Number("i", 7).Bool("b", true)
            .Strings("none", []).Strings("two", ["a", "b"]).EndObject().Object().EndObject().EndArray();

        Assert.That(json.ToString(), Is.EqualTo(
            """[{"path":"\/bin\/\"x\"\\\u000a","n":0.5,"i":7,"b":true,"two":["a","b"]},{}]"""));
    }
}
