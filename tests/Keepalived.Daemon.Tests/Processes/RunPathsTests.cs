using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class RunPathsTests
{
    private static readonly CommandLineOptions NoOptions = new();

    private static IEnumerable<string> Names(CommandLineOptions options, GlobalDefinitions global)
    {
        var paths = new RunPaths(options, global);
        return Enum.GetValues<DaemonRole>().Select(paths.PidFile);
    }

    [Test]
    public void PidFile_Default_LiesInTheRunDirectory() => Assert.That(
        Names(NoOptions, new GlobalDefinitions()),
        Is.EqualTo(new[] { "/run/keepalived.pid", "/run/vrrp.pid", "/run/checkers.pid", "/run/bfd.pid" }));

    [Test]
    public void PidFile_OwnDirectory_LiesThere() => Assert.That(
        Names(NoOptions, new GlobalDefinitions { UsePidDirectory = true }),
        Is.EqualTo(new[] { "/run/keepalived/keepalived.pid", "/run/keepalived/vrrp.pid", "/run/keepalived/checkers.pid",
            "/run/keepalived/bfd.pid" }));

    [Test]
    public void PidFile_Instance_IsInTheName() => Assert.That(
        Names(NoOptions, new GlobalDefinitions { Instance = "X" }).Take(2),
        Is.EqualTo(new[] { "/run/keepalived/keepalived_X.pid", "/run/keepalived/vrrp_X.pid" }));

    [Test]
    public void PidFile_NetworkNamespace_ImpliesTheDirectory() => Assert.That(
        Names(NoOptions with { Namespace = "blue" }, new GlobalDefinitions()).First(), Is.EqualTo("/run/keepalived/keepalived.pid"));

    [Test]
    public void PidFile_CommandLine_WinsOverAll() => Assert.That(
        Names(new CommandLineOptions { PidFile = "/a", VrrpPidFile = "/b" }, new GlobalDefinitions { Instance = "X" }).Take(3),
        Is.EqualTo(new[] { "/a", "/b", "/run/keepalived/checkers_X.pid" }));

    [TestCase(null, null, null)]
    [TestCase("", null, "/run/keepalived.reload")]
    [TestCase("", "X", "/run/keepalived/keepalived_X.reload")]
    [TestCase("/tmp/r", "X", "/tmp/r")]
    public void ReloadFile_Configuration_SaysWhere(string? configured, string? instance, string? expected) => Assert.That(
        new RunPaths(NoOptions, new GlobalDefinitions { ReloadFile = configured, Instance = instance }).ReloadFile, Is.EqualTo(expected));

    [TestCase(true, false, false, false, 1)]
    [TestCase(true, true, true, false, 7)]
    [TestCase(false, false, false, true, 7)]
    [TestCase(false, false, false, false, 0)]
    public void ChildSelection_NeedAndPermission_DecideTogether(bool vrrp, bool checker, bool bfd, bool all, int expected)
    {
        var configuration = new KeepalivedConfiguration { NeedsVrrp = vrrp, NeedsChecker = checker, NeedsBfd = bfd };

        Assert.That((int)ChildSelection.Of(new CommandLineOptions { AllChildren = all }, configuration), Is.EqualTo(expected));
    }

    [Test]
    public void ChildSelection_Forbidden_DoesNotRun()
    {
        var configuration = new KeepalivedConfiguration { NeedsVrrp = true, NeedsBfd = true };

        Assert.That(ChildSelection.Of(new CommandLineOptions { RunVrrp = false }, configuration), Is.EqualTo(RoleSet.Bfd));
    }

    [TestCase(DaemonRole.Vrrp, false, null, "keepalived")]
    [TestCase(DaemonRole.Vrrp, true, null, "keepalived_vrrp")]
    [TestCase(DaemonRole.Vrrp, true, "mine", "mine")]
    [TestCase(DaemonRole.Supervisor, true, null, "keepalived")]
    public void ProcessIdentity_Name_FollowsTheConfiguration(object role, bool names, string? vrrpName, string expected)
    {
        var global = new GlobalDefinitions { ProcessNames = names, VrrpProcess = new ProcessConfiguration { Name = vrrpName } };

        Assert.That(ProcessIdentity.Name(global, (DaemonRole)role), Is.EqualTo(expected));
    }
}
