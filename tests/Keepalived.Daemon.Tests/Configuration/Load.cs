using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Loads texts as configurations.</summary>
internal static class Load
{
    public const string Main = "/etc/keepalived/keepalived.conf";

    public static readonly string[] Interfaces = ["eth0", "eth1"];

    public static ConfigurationLoadOptions Options(string text) => new()
    {
        Path = Main,
        ConfigId = "myid",
        TestMode = true,
        RandomSeed = 1,
        Source = new MemorySource().Add(Main, text),
        Scripts = new FakeScripts(),
        FindInterface = static name => Interfaces.Contains(name) ? new InterfaceFacts(name) : null,
    };

    public static ConfigurationResult Text(string text) => ConfigurationLoader.Load(Options(text));

    /// <summary>Lines that were unknown keywords, in order: what the text layer made of the text.</summary>
    public static string[] Keywords(string text) =>
        [.. ConfigurationLoader.Load(Options(text)).Diagnostics.Where(static d => d.Code == DiagnosticCodes.UnknownKeyword)
            .Select(static d => d.Message["unknown keyword '".Length..^1])];

    public static string Describe(ConfigurationResult result) =>
        string.Join('\n', result.Diagnostics.Select(static d => $"{d.Severity} {d.Fault} {d}"));
}
