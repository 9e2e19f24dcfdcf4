using System.Text;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Trackers;

/// <summary>Which processes a <c>vrrp_track_process</c> means.</summary>
internal sealed class ProcessPattern
{
    /// <summary>The kernel keeps 15 bytes of a name (TASK_COMM_LEN).</summary>
    private const int MaxNameLength = 15;

    private readonly byte[] _command;
    private readonly byte[] _parameters;
    private readonly ParameterMatch _match;

    public ProcessPattern(TrackProcessConfiguration configuration)
    {
        (UsesCommandLine, _match) = (configuration.FullCommand, configuration.Match);
        _command = Encoding.UTF8.GetBytes(configuration.Command);
        if (!UsesCommandLine && _command.Length > MaxNameLength)
            _command = _command[..MaxNameLength];
        // As the kernel shows them: each with a NUL after it.
        _parameters = Encoding.UTF8.GetBytes(string.Concat(configuration.Parameters.Select(static parameter => parameter + '\0')));
    }

    /// <summary>Whether the command line is compared, and not the name.</summary>
    public bool UsesCommandLine { get; }

    /// <summary>Whether a process is meant.</summary>
    /// <param name="name">/proc/PID/comm, without the line feed.</param>
    /// <param name="commandLine">/proc/PID/cmdline; empty for kernel threads and zombies.</param>
    public bool Matches(ReadOnlySpan<byte> name, ReadOnlySpan<byte> commandLine)
    {
        if (!UsesCommandLine)
            return name.SequenceEqual(_command);
        var end = commandLine.IndexOf((byte)0);
        if (end < 0 || !commandLine[..end].SequenceEqual(_command))
            return false;
        var parameters = commandLine[(end + 1)..];
        return _match switch
        {
            ParameterMatch.Exact => parameters.SequenceEqual(_parameters),
            ParameterMatch.Partial => parameters.StartsWith(_parameters),
            ParameterMatch.Initial => parameters.StartsWith(_parameters.AsSpan()[..Math.Max(0, _parameters.Length - 1)]),
            _ => true,
        };
    }
}
