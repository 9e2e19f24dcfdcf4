using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>
/// What an instance's block says besides the options of the library: all that is kept of it while it runs. Mostly that is the same for
/// thousands of instances.
/// </summary>
internal sealed record InstanceDetails
{
    /// <summary>Strict conformance to the RFC; what follows from it is in the options.</summary>
    public bool Strict { get; init; }

    /// <summary>Tracked interfaces.</summary>
    public EquatableArray<TrackReference> TrackInterfaces { get; init; }

    /// <summary>Tracked scripts.</summary>
    public EquatableArray<TrackReference> TrackScripts { get; init; }

    /// <summary>Tracked files.</summary>
    public EquatableArray<TrackReference> TrackFiles { get; init; }

    /// <summary>Tracked processes.</summary>
    public EquatableArray<TrackReference> TrackProcesses { get; init; }

    /// <summary>Tracked BFD sessions.</summary>
    public EquatableArray<TrackReference> TrackBfd { get; init; }

    /// <summary>Tracked virtual servers.</summary>
    public EquatableArray<TrackReference> TrackVirtualServers { get; init; }

    /// <summary>Scripts run at state changes.</summary>
    public NotifyScripts Notify { get; init; } = NotifyScripts.None;

    /// <summary>Whether changes of its priority are written to the notify FIFOs.</summary>
    public bool NotifiesPriorityChanges { get; init; }

    /// <summary>Whether state changes are mailed.</summary>
    public bool SmtpAlert { get; init; }

    /// <summary>What a block says.</summary>
    /// <param name="instance">The block.</param>
    /// <param name="notifiesPriorityChanges">What follows from it and its surroundings.</param>
    public static InstanceDetails Of(VrrpInstanceConfiguration instance, bool notifiesPriorityChanges) => new()
    {
        Strict = instance.Strict,
        TrackInterfaces = instance.TrackInterfaces,
        TrackScripts = instance.TrackScripts,
        TrackFiles = instance.TrackFiles,
        TrackProcesses = instance.TrackProcesses,
        TrackBfd = instance.TrackBfd,
        TrackVirtualServers = instance.TrackVirtualServers,
        Notify = instance.Notify,
        NotifiesPriorityChanges = notifiesPriorityChanges,
        SmtpAlert = instance.SmtpAlert,
    };
}
