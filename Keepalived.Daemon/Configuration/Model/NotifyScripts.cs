namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The scripts of an instance or of a sync group, one an event.</summary>
public sealed record NotifyScripts
{
    /// <summary>No script at all.</summary>
    public static NotifyScripts None { get; } = new();

    /// <summary><c>notify_master</c></summary>
    public ScriptConfiguration? Master { get; init; }

    /// <summary><c>notify_backup</c></summary>
    public ScriptConfiguration? Backup { get; init; }

    /// <summary><c>notify_fault</c></summary>
    public ScriptConfiguration? Fault { get; init; }

    /// <summary><c>notify_stop</c></summary>
    public ScriptConfiguration? Stop { get; init; }

    /// <summary><c>notify_deleted</c> with a script.</summary>
    public ScriptConfiguration? Deleted { get; init; }

    /// <summary>Whether <c>notify_deleted</c> was given: an instance removed by a reload is reported as DELETED instead of FAULT.</summary>
    public bool ReportDeleted { get; init; }

    /// <summary><c>notify_master_rx_lower_pri</c></summary>
    public ScriptConfiguration? MasterReceivedLowerPriority { get; init; }

    /// <summary><c>notify</c>: every event, with four more arguments.</summary>
    public ScriptConfiguration? Any { get; init; }
}
