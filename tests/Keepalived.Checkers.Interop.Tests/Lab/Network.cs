using System.Globalization;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>A network namespace with nothing but lo.</summary>
internal sealed class Network : IDisposable
{
    private static int _last;

    public Network()
    {
        Tools.RequireRoot();
        Name = string.Create(CultureInfo.InvariantCulture, $"kdc-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");
        Tools.Run("ip", "netns", "add", Name);
        Tools.Run("ip", "-n", Name, "link", "set", "lo", "up");
    }

    public string Name { get; }

    /// <summary>Runs a command in it.</summary>
    public void Run(params string[] command) => Tools.Run("ip", ["netns", "exec", Name, .. command]);

    public void Dispose() => Tools.Run("ip", "netns", "del", Name);
}
