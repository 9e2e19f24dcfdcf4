namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>vrrp_sync_group</c> block.</summary>
public sealed record VrrpSyncGroupConfiguration
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its instances.</summary>
    public EquatableArray<string> Members { get; init; }

    /// <summary>What is tracked for all members.</summary>
    public TrackReferences Tracked { get; init; } = TrackReferences.None;

    /// <summary>Whether the weights of members' trackers stay.</summary>
    public bool TrackingWeight { get; init; }

    /// <summary>Scripts run when the group changes state.</summary>
    public NotifyScripts Notify { get; init; } = NotifyScripts.None;

    /// <summary>Whether members write changes of priority to the notify FIFOs; their own setting if null.</summary>
    public bool? NotifyPriorityChanges { get; init; }

    /// <summary>Whether state changes are mailed.</summary>
    public bool SmtpAlert { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
