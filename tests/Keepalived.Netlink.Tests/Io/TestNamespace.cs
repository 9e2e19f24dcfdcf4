using System.Diagnostics;
using System.Globalization;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

/// <summary>A network namespace of a test's own, removed with it. The test is inconclusive where none can be made.</summary>
internal sealed class TestNamespace : IDisposable
{
    private static int _counter;

    private TestNamespace(string name) => Name = name;

    public string Name { get; }

    public static TestNamespace Create()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make a network namespace");
        var name = string.Create(CultureInfo.InvariantCulture, $"kdn-{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}");
        if (Execute("ip", ["netns", "add", name]) is { } error)
            Assert.Inconclusive($"cannot make a network namespace: {error}");
        var made = new TestNamespace(name);
        made.Ip("link", "set", "lo", "up");
        return made;
    }

    /// <summary>Runs ip(8) inside.</summary>
    public void Ip(params string[] arguments)
    {
        if (Execute("ip", ["-n", Name, .. arguments]) is { } error)
            Assert.Fail($"ip {string.Join(' ', arguments)}: {error}");
    }

    /// <summary>Runs tc(8) inside and returns what went wrong, or null.</summary>
    public string? Tc(params string[] arguments) => Execute("tc", ["-n", Name, .. arguments]);

    public NetworkNamespace Open() => NetworkNamespace.Open(Name);

    public int InterfaceIndex(string name)
    {
        using var inside = Open();
        return inside.Run(() =>
        {
            // Index and name begin each line.
            var lines = File.ReadAllLines("/proc/thread-self/net/dev_mcast")
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return int.Parse(lines.First(words => words[1] == name)[0], CultureInfo.InvariantCulture);
        });
    }

    public void Dispose() => Execute("ip", ["netns", "delete", Name]);

    private static string? Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
