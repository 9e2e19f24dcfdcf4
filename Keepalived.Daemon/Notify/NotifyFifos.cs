using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// The FIFOs that a process writes to, and the scripts that read them. A reload leaves alone those whose configuration stays; one that somebody
/// has removed or replaced it opens anew, and a script that has ended it starts again. Used on the loop.
/// </summary>
internal sealed class NotifyFifos(EventLoop loop, ScriptRunner scripts, ILogger logger)
{
    /// <summary>How long readers and scripts have to take the last lines.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private readonly List<Entry> _entries = [];

    /// <summary>Whether there is any FIFO to write to.</summary>
    public bool Any => _entries.Count > 0;

    /// <summary>Goes on with these FIFOs. A script is run by the process that has it in its configuration here: no other process may.</summary>
    public void Use(IEnumerable<NotifyFifoConfiguration?> wanted)
    {
        var fifos = wanted.OfType<NotifyFifoConfiguration>().ToList();
        foreach (var gone in _entries.Where(entry => !fifos.Contains(entry.Configuration) || !entry.Fifo.IsInPlace).ToList())
        {
            _entries.Remove(gone);
            gone.Fifo.Dispose();
            _ = EndScriptAsync(gone);
        }

        foreach (var entry in _entries.Where(static entry => !entry.IsScriptRunning))
            StartScript(entry);
        foreach (var configuration in fifos.Where(fifo => !_entries.Exists(entry => entry.Configuration == fifo)))
            Open(configuration);
    }

    /// <summary>Writes a line to all of them.</summary>
    public void Write(string line)
    {
        foreach (var entry in _entries)
            entry.Fifo.Write(line);
    }

    /// <summary>
    /// Closes all of them: a reader has a second for the lines that wait, and a script another one to see the end and to end by itself.
    /// </summary>
    public async Task CloseAsync()
    {
        var entries = _entries.ToArray();
        _entries.Clear();
        await Task.WhenAll(entries.Select(CloseAsync)).ConfigureAwait(true);
    }

    private void Open(NotifyFifoConfiguration configuration)
    {
        if (NotifyFifo.TryOpen(loop, logger, configuration) is not { } fifo)
            return;
        var entry = new Entry(configuration, fifo);
        _entries.Add(entry);
        StartScript(entry);
    }

    private void StartScript(Entry entry)
    {
        if (entry.Configuration.Script is not { } script)
            return;
        entry.ScriptEnded = new TaskCompletionSource();
        entry.Script = scripts.Start(
            script, [entry.Configuration.Path], completed: result => OnScriptEnded(entry, script, result), isService: true);
    }

    private async Task CloseAsync(Entry entry)
    {
        // A script that we started reads; whether anybody else will, nobody knows, so that only what has no room yet is waited for.
        var deadline = loop.Now + MonotonicClock.FromTimeSpan(Patience);
        while ((entry.IsScriptRunning ? !entry.Fifo.IsRead : entry.Fifo.Waiting > 0) && loop.Now < deadline)
            await Task.Delay(PollInterval, loop.TimeProvider).ConfigureAwait(true);
        entry.Fifo.Dispose();
        await EndScriptAsync(entry).ConfigureAwait(true);
    }

    private async Task EndScriptAsync(Entry entry)
    {
        entry.IsEnding = true;
        if (entry.Script is not { } script)
            return;
        try
        {
            await entry.ScriptEnded.Task.WaitAsync(Patience, loop.TimeProvider).ConfigureAwait(true);
        }
        catch (TimeoutException)
        {
            script.Terminate(loop.Now, MonotonicClock.Second);
            await entry.ScriptEnded.Task.ConfigureAwait(true);
        }
    }

    private void OnScriptEnded(Entry entry, ScriptConfiguration script, ScriptResult result)
    {
        // A script that could not be started was logged. One that ends early is started again by a reload: its lines stay in the FIFO.
        if (!entry.IsEnding && result.StartError == 0)
            Log.FifoScriptEnded(logger, entry.Configuration.Path, script.ToString(), result.Status.ToString());
        entry.ScriptEnded.SetResult();
    }

    private sealed class Entry(NotifyFifoConfiguration configuration, NotifyFifo fifo)
    {
        public NotifyFifoConfiguration Configuration { get; } = configuration;

        public NotifyFifo Fifo { get; } = fifo;

        public ScriptRun? Script { get; set; }

        public bool IsScriptRunning => Script is not null && !ScriptEnded.Task.IsCompleted;

        public TaskCompletionSource ScriptEnded { get; set; } = new();

        public bool IsEnding { get; set; }
    }
}
