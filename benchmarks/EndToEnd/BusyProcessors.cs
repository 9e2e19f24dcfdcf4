using System.Diagnostics;

namespace Keepalived.EndToEnd;

/// <summary>Keeps every processor busy with programs of ordinary priority.</summary>
internal sealed class BusyProcessors : IDisposable
{
    private readonly Process[] _programs =
    [
        .. Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!),
    ];

    public void Dispose()
    {
        foreach (var program in _programs)
        {
            program.Kill();
            program.WaitForExit();
            program.Dispose();
        }
    }
}
