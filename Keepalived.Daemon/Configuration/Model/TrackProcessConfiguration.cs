namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>vrrp_track_process</c> block.</summary>
public sealed record TrackProcessConfiguration
{
    /// <summary>The value of <see cref="QuorumMax"/> for no limit.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>The name under which it is tracked.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the process, or its command as it was called if <see cref="FullCommand"/>.</summary>
    public required string Command { get; init; }

    /// <summary>Its parameters.</summary>
    public EquatableArray<string> Parameters { get; init; }

    /// <summary>How parameters are compared.</summary>
    public ParameterMatch Match { get; init; }

    /// <summary>Whether the command line counts and not the name.</summary>
    public bool FullCommand { get; init; }

    /// <summary>The weight, -254..254; 0: a lost quorum is a fault.</summary>
    public int Weight { get; init; }

    /// <summary>Whether up and down swap.</summary>
    public bool Reverse { get; init; }

    /// <summary>The least number of processes.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>The greatest number of processes.</summary>
    public int QuorumMax { get; init; } = Unlimited;

    /// <summary>How long to wait when a process less makes the difference.</summary>
    public TimeSpan TerminateDelay { get; init; }

    /// <summary>How long to wait when a process more makes the difference.</summary>
    public TimeSpan ForkDelay { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
