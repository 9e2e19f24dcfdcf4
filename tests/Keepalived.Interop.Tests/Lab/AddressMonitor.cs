using System.Diagnostics;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>What happens to the IPv4 addresses of a network namespace, as <c>ip monitor</c> tells it.</summary>
internal sealed class AddressMonitor : IDisposable
{
    private readonly List<string> _lines = [];
    private readonly Process _process;

    public AddressMonitor(string network)
    {
        _process = Process.Start(new ProcessStartInfo("ip", ["-n", network, "-4", "-o", "monitor", "address"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new InvalidOperationException("ip did not start");
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            lock (_lines)
                _lines.Add(line.Data);
        };
        _process.BeginOutputReadLine();
        // It listens when it tells of an address that comes and goes.
        Command.Run("ip", ["-n", network, "address", "add", "192.0.2.77/32", "dev", "lo"]);
        Expect.Within(TimeSpan.FromSeconds(10), () => Tells(network), "ip monitor listens");
        lock (_lines)
            _lines.Clear();
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines.Where(static line => !line.Contains("192.0.2.77", StringComparison.Ordinal))];
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private bool Tells(string network)
    {
        Command.Run("ip", ["-n", network, "address", "change", "192.0.2.77/32", "dev", "lo", "valid_lft", "1000", "preferred_lft", "1000"]);
        lock (_lines)
            return _lines.Count > 0;
    }
}
