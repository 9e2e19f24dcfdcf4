namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>vrrp_script</c> block.</summary>
public sealed record VrrpScriptConfiguration
{
    /// <summary>The script's name.</summary>
    public required string Name { get; init; }

    /// <summary>The command.</summary>
    public required ScriptConfiguration Script { get; init; }

    /// <summary>The time from start to start.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When a run is given up and counts as a failure.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The weight, -253..253; 0: a failure is a fault.</summary>
    public int Weight { get; init; }

    /// <summary>Whether success and failure swap.</summary>
    public bool Reverse { get; init; }

    /// <summary>Successes in a row that make it up.</summary>
    public uint Rise { get; init; } = 1;

    /// <summary>Failures in a row that make it down.</summary>
    public uint Fall { get; init; } = 1;

    /// <summary>Whether it counts as failed until it first succeeds.</summary>
    public bool InitiallyFailed { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
