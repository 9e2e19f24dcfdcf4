namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>vrrp_sync_group</c> block.</summary>
public sealed record VrrpSyncGroupConfiguration
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its instances.</summary>
    public EquatableArray<string> Members { get; init; }

    /// <summary>Interfaces tracked for all members.</summary>
    public EquatableArray<TrackReference> TrackInterfaces { get; init; }

    /// <summary>Scripts tracked for all members.</summary>
    public EquatableArray<TrackReference> TrackScripts { get; init; }

    /// <summary>Files tracked for all members.</summary>
    public EquatableArray<TrackReference> TrackFiles { get; init; }

    /// <summary>Processes tracked for all members.</summary>
    public EquatableArray<TrackReference> TrackProcesses { get; init; }

    /// <summary>BFD sessions tracked for all members.</summary>
    public EquatableArray<TrackReference> TrackBfd { get; init; }

    /// <summary><c>track_virtual_server</c>, by <see cref="VirtualServers.VirtualServerName"/>.</summary>
    public EquatableArray<TrackReference> TrackVirtualServers { get; init; }

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
