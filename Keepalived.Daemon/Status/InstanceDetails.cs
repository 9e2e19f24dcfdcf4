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

    /// <summary>What the instance tracks.</summary>
    public TrackReferences Tracked { get; init; } = TrackReferences.None;

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
        Tracked = instance.Tracked,
        Notify = instance.Notify,
        NotifiesPriorityChanges = notifiesPriorityChanges,
        SmtpAlert = instance.SmtpAlert,
    };
}
