namespace Keepalived.Daemon.Trackers;

/// <summary>What the system tells of its processes.</summary>
internal interface IProcessReader
{
    /// <summary>The ids of all processes.</summary>
    IEnumerable<int> List();

    /// <summary>Reads name and command line of a process; valid until the next call.</summary>
    /// <returns>False if there is no such process, or only a zombie is left of it.</returns>
    bool TryRead(int processId, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> commandLine);
}
