using Keepalived.Daemon.CommandLine;

namespace Keepalived.Daemon.Processes;

/// <summary>How a process ended: with a status of its own, or by a signal.</summary>
/// <param name="Code">The exit status, 0 to 255; meaningless after a signal.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
internal readonly record struct ProcessStatus(int Code, int Signal)
{
    /// <summary>It ended by itself with status 0.</summary>
    public bool IsSuccess => Code == 0 && Signal == 0;

    /// <summary>Decodes the status word of wait(2).</summary>
    public static ProcessStatus FromWait(int status) =>
        (status & 0x7f) == 0 ? new ProcessStatus((status >> 8) & 0xff, 0) : new ProcessStatus(0, status & 0x7f);

    /// <inheritdoc/>
    public override string ToString() => Signal == 0 ? $"status {Code}" : SignalNames.Describe(Signal);
}
