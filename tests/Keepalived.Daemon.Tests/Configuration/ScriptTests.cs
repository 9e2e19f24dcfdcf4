using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class ScriptTests
{
    [TestCase("""script "/s a 'b c' e\x20f \101 g\"h ''" """, "/s|a|b c|e f|A|g\"h|")]
    [TestCase("script /s", "/s")]
    [TestCase("script '/s a \"b c\"'", "/s|a|b c")]
    [TestCase("""script "/s \a\b\E\f\n\r\t\v" """, "/s|\a\b\u001b\f\n\r\t\v")]
    [TestCase("""script "/s \cA\x4\x41\7" """, "/s|\u0001\u0004A\u0007")]
    [TestCase("""script "/s a\ b" """, "/s|a b")]
    public void CommandLine_IsSplitTwice(string line, string arguments)
    {
        Assert.That(ScriptCommandLine.TrySplitOuter(line, out var words));
        Assert.That(ScriptCommandLine.TrySplitArguments(words[1], out var split));
        Assert.That(string.Join('|', split), Is.EqualTo(arguments));
    }

    [Test]
    public void UserAndGroup_AreTheThirdAndFourthWord()
    {
        ScriptCommandLine.TrySplitOuter("notify \"/s a\" root :nobody", out var words);
        Assert.That(words, Is.EqualTo(new[] { "notify", "/s a", "root", ":nobody" }));
    }

    [TestCase("script '/s")]
    [TestCase("script \"/s")]
    public void UnclosedQuote_IsRefused(string line) => Assert.That(ScriptCommandLine.TrySplitOuter(line, out _), Is.False);

    [TestCase("/s 'a")]
    [TestCase("/s a\\")]
    public void MalformedCommand_IsRefused(string command) => Assert.That(ScriptCommandLine.TrySplitArguments(command, out _), Is.False);

    private static FakeScripts Environment()
    {
        const uint directory = 0x41ed, file = 0x81ed;
        var environment = new FakeScripts();
        environment.Files["/home"] = new(directory, 0, 0);
        environment.Files["/home/me"] = new(directory, 1000, 1000);
        environment.Files["/home/me/s"] = new(file, 1000, 1000);
        environment.Files["/tmp"] = new(0x43ff, 0, 0);
        environment.Files["/tmp/s"] = new(file, 0, 0);
        environment.Files["/open"] = new(0x41ff, 0, 0);
        environment.Files["/open/s"] = new(file, 0, 0);
        environment.Files["/private"] = new(0x81c0, 0, 0);
        environment.Links["/link"] = "/bin/true";
        return environment;
    }

    [TestCase("/bin/true", "root", "/bin/true", null)]
    [TestCase("true", "root", "/bin/true", "full path")]
    [TestCase("/link", "root", "/bin/true", null)]
    [TestCase("/tmp/s", "root", "/tmp/s", null, Description = "a sticky directory is safe")]
    [TestCase("/open/s", "root", null, "/open can be changed")]
    [TestCase("/home/me/s", "root", null, "/home/me does not belong to root")]
    [TestCase("/home/me/s", "nobody", "/home/me/s", null, Description = "not root: no walk")]
    [TestCase("/private", "nobody", null, "not executable")]
    [TestCase("/absent", "root", null, "cannot be accessed")]
    [TestCase("/bin", "root", null, "is a directory")]
    [TestCase("absent", "root", null, "not found in PATH")]
    public void Script_UnderSecurity_IsCheckedOnItsWay(string path, string user, string? executed, string? message)
    {
        var text = "global_defs {\nenable_script_security\n}\n"
            + "vrrp_instance x {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n"
            + $"notify {path} {user}\n}}";
        var result = Keepalived.Daemon.Configuration.ConfigurationLoader.Load(Load.Options(text) with { Scripts = Environment() });
        Assert.That(result.Configuration.VrrpInstances[0].Notify.Any?.Path, Is.EqualTo(executed), Load.Describe(result));
        Assert.That(result.Diagnostics.Select(static d => d.Message), message is null ? Is.Empty : Has.One.Contains(message));
    }

    [Test]
    public void InsecureScript_WithoutSecurity_RunsAndIsReported()
    {
        const string text = "vrrp_instance x {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n"
            + "notify /open/s root\n}";
        var result = Keepalived.Daemon.Configuration.ConfigurationLoader.Load(Load.Options(text) with { Scripts = Environment() });
        Assert.That((result.Configuration.VrrpInstances[0].Notify.Any?.Path, result.TestExitCode), Is.EqualTo(("/open/s", 6)));
        Assert.That(result.Diagnostics.Select(static d => d.Code), Has.All.EqualTo(DiagnosticCodes.ScriptSecurity));
    }

    [Test]
    public void SystemEnvironment_KnowsRootAndFiles()
    {
        var environment = new SystemScriptEnvironment();
        Assert.That(environment.TryFindUser("root", out var user, out var group) && user == 0 && group == 0);
        Assert.That(environment.TryFindUser("0", out user, out _) && user == 0);
        Assert.That(environment.TryFindUser("no such user", out _, out _), Is.False);
        Assert.That(environment.TryFindGroup("root", out group) && group == 0);
        Assert.That(environment.TryFindGroup("no such group", out _), Is.False);
        Assert.That(environment.Resolve("/proc/self/root/etc/.."), Is.EqualTo("/"));
        Assert.That(environment.Resolve("/no/such/file"), Is.Null);
        Assert.That(environment.GetStatus("/etc")!.Value.Mode & 0xf000, Is.EqualTo(0x4000));
    }
}
