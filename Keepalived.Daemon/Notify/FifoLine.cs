using System.Globalization;

namespace Keepalived.Daemon.Notify;

/// <summary>The lines that notify FIFOs get about VRRP, each with its line feed.</summary>
internal static class FifoLine
{
    /// <summary>A change of state, or an advert of lower priority heard by a master.</summary>
    /// <param name="subject">The instance or group.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="priority">The effective priority; 0 for groups.</param>
    public static string State(NotifySubject subject, NotifyEvent happened, int priority) =>
        Line(subject, NotifyDispatcher.State(happened), priority);

    /// <summary>A change of an instance's effective priority.</summary>
    public static string Priority(NotifySubject subject, bool isMaster, int priority) =>
        Line(subject, isMaster ? "MASTER_PRIORITY" : "BACKUP_PRIORITY", priority);

    private static string Line(NotifySubject subject, string what, int priority) =>
        string.Create(CultureInfo.InvariantCulture, $"{subject.Kind} \"{subject.Name}\" {what} {priority}\n");
}
