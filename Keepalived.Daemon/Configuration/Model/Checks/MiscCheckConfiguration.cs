namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>MISC_CHECK</c>: a script ends with 0.</summary>
public sealed record MiscCheckConfiguration : ScheduledCheckConfiguration
{
    /// <summary><c>misc_path</c> with the <c>user</c> it runs as.</summary>
    public required ScriptConfiguration Script { get; init; }

    /// <summary><c>misc_timeout</c>; the virtual server's <c>delay_loop</c> where nothing or 0 is said.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary><c>misc_dynamic</c>: whether an exit status from 2 to 255 sets the weight to the status less 2.</summary>
    public bool IsDynamic { get; init; }
}
