using Keepalived.Netlink.Processes;

namespace Keepalived.Daemon.Trackers;

/// <summary>Which processes each pattern means at present, kept from events. It reads processes through a seam and runs nothing.</summary>
internal sealed class ProcessTable
{
    private readonly ProcessPattern[] _patterns;
    private readonly HashSet<int>[] _matches;
    private readonly IProcessReader _reader;

    /// <param name="patterns">What is looked for.</param>
    /// <param name="reader">The system.</param>
    public ProcessTable(IEnumerable<ProcessPattern> patterns, IProcessReader reader)
    {
        _patterns = [.. patterns];
        _matches = [.. _patterns.Select(static _ => new HashSet<int>())];
        _reader = reader;
        Scan();
    }

    /// <summary>How many processes a pattern means.</summary>
    public int Count(int pattern) => _matches[pattern].Count;

    /// <summary>Forgets everything and looks at all processes.</summary>
    public void Scan()
    {
        foreach (var matches in _matches)
            matches.Clear();
        foreach (var processId in _reader.List())
            Look(processId);
    }

    /// <summary>Takes note of an event. True if it may have changed a count.</summary>
    public bool Apply(in ProcessEvent happened)
    {
        if (!happened.IsProcess)
            return false;
        switch (happened.Kind)
        {
            case ProcessEventKind.Fork:
                return Inherit(happened.ProcessId, happened.ParentId);
            case ProcessEventKind.Exec or ProcessEventKind.Renamed:
                Look(happened.ProcessId);
                return true;
            case ProcessEventKind.Exit:
                return Forget(happened.ProcessId);
            default:
                return false;
        }
    }

    /// <summary>A child is what its parent is until it runs another program.</summary>
    private bool Inherit(int child, int parent)
    {
        var changed = false;
        foreach (var matches in _matches)
            changed |= matches.Contains(parent) && matches.Add(child);
        return changed;
    }

    private bool Forget(int processId)
    {
        var changed = false;
        foreach (var matches in _matches)
            changed |= matches.Remove(processId);
        return changed;
    }

    private void Look(int processId)
    {
        var exists = _reader.TryRead(processId, out var name, out var commandLine);
        for (var i = 0; i < _patterns.Length; i++)
        {
            if (exists && _patterns[i].Matches(name, commandLine))
                _matches[i].Add(processId);
            else
                _matches[i].Remove(processId);
        }
    }
}
