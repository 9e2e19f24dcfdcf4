using Keepalived.Netlink.Io;

namespace Keepalived.Kernel.Tests.Lab;

/// <summary>A network namespace: a machine of its own as far as the network goes.</summary>
internal sealed class Node : IDisposable
{
    private static int _last;

    public Node()
    {
        Name = $"kdk-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}";
        Shell.Run("ip", "netns", "add", Name);
        Namespace = NetworkNamespace.Open(Name);
        Ip("link set lo up");
    }

    public string Name { get; }

    public NetworkNamespace Namespace { get; }

    /// <summary>Runs ip(8) commands inside, all by one process: processes are slow in an emulated machine.</summary>
    public void Ip(params string[] commands) => Shell.RunWith(string.Join('\n', commands) + "\n", "ip", "-n", Name, "-batch", "-");

    /// <summary>Runs one ip(8) command inside.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    public string? IpTry(string command)
    {
        var (status, _, error) = Shell.Try(null, "ip", ["-n", Name, .. command.Split(' ')]);
        return status == 0 ? null : error.Trim();
    }

    /// <summary>What an ip(8) command prints inside.</summary>
    public string IpText(string command) => Shell.Run("ip", ["-n", Name, .. command.Split(' ')]);

    /// <summary>Runs a program inside.</summary>
    public string Run(string program, params string[] arguments) => Shell.Run("ip", ["netns", "exec", Name, program, .. arguments]);

    /// <summary>Sets a kernel setting inside, by its path below /proc/sys.</summary>
    public void Set(string setting, string value) => Namespace.Run(() => File.WriteAllText($"/proc/sys/{setting}", value));

    public void Dispose()
    {
        Namespace.Dispose();
        Shell.Try(null, "ip", "netns", "delete", Name);
    }
}
