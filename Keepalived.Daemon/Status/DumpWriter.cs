using Keepalived.Daemon.Processes;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Status;

/// <summary>Writes dumps on another thread than the loop's: a slow disk delays nothing there.</summary>
internal sealed class DumpWriter(ILogger logger)
{
    private const int LinesAtOnce = 512;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    private Task _work = Task.CompletedTask;

    /// <summary>Replaces a file. One after the other: the last one asked for is the one that stays.</summary>
    public void Write(string path, Func<string> create) => _work = RunAsync(_work, () =>
    {
        try
        {
            FileReplacement.Write(path, create());
            Log.DumpWritten(logger, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.DumpNotWritten(logger, path, e.Message);
        }

        return Task.CompletedTask;
    });

    /// <summary>Logs a dump, line by line, no faster than a log can take it.</summary>
    public void WriteToLog(Func<string> create) => _work = RunAsync(_work, async () =>
    {
        var count = 0;
        foreach (var line in create().TrimEnd('\n').Split('\n'))
        {
            Log.DumpLine(logger, line);
            if (++count % LinesAtOnce == 0)
                await Task.Delay(Breath).ConfigureAwait(false);
        }
    });

    /// <summary>Does something else with one.</summary>
    public void Run(Action action) => _work = RunAsync(_work, () =>
    {
        action();
        return Task.CompletedTask;
    });

    private static async Task RunAsync(Task before, Func<Task> next)
    {
        await before.ConfigureAwait(false);
        await Task.Run(next).ConfigureAwait(false);
    }
}
