using System.Diagnostics;

namespace Keepalived.Checkers.Misc;

/// <summary>A command, run as the user of this process, with its standard streams on /dev/null.</summary>
public sealed class ProcessScript : IScript
{
    // What is added to the number of the signal that ended a program, by the runtime as by shells.
    private const int SignalBase = 128;

    private readonly string _path;
    private readonly ProcessStartInfo _start;
    private readonly TimeProvider _time;

    /// <summary>Says what to run.</summary>
    /// <param name="path">The file to execute.</param>
    /// <param name="arguments">Its arguments, without the file.</param>
    /// <param name="timeProvider">The clock of the timeout; the system's by default.</param>
    public ProcessScript(string path, IEnumerable<string>? arguments = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        // The runtime can hand pipes to a process, but not /dev/null; with pipes, a grandchild that keeps one open would keep us waiting.
        string[] shell = ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", path];
        _start = new ProcessStartInfo("/bin/sh", [.. shell, .. arguments ?? []]) { UseShellExecute = false };
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async ValueTask<ScriptExit> RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!File.Exists(_path))
            return new ScriptExit { StartError = $"there is no file {_path}" };
        using var timer = new CancellationTokenSource(timeout, _time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var process = Process.Start(_start);
        if (process is null)
            return new ScriptExit { StartError = "no process was made" };
        try
        {
            await process.WaitForExitAsync(ends.Token).ConfigureAwait(false);
            return process.ExitCode > SignalBase
                ? new ScriptExit { Signal = process.ExitCode - SignalBase }
                : new ScriptExit { Status = process.ExitCode };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ScriptExit { TimedOut = true };
        }
    }
}
