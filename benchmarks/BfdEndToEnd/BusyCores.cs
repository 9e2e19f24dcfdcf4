using System.Diagnostics;

namespace Keepalived.BfdEndToEnd;

/// <summary>Two processes a core that do nothing, as fast as they can.</summary>
internal sealed class BusyCores : IDisposable
{
    private readonly Process[] _processes =
        [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(static _ => Process.Start("sh", ["-c", "while :; do :; done"]))];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
