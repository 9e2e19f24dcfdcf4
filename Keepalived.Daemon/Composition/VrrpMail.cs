using Keepalived.Daemon.Mail;
using Keepalived.Daemon.Notify;

namespace Keepalived.Daemon.Composition;

/// <summary>What mails say of instances and sync groups. Programs look at the subjects, which are the original's.</summary>
internal static class VrrpMail
{
    /// <summary>The mail of an event; null if none is sent for it.</summary>
    /// <param name="subject">The instance or group.</param>
    /// <param name="happened">What happened.</param>
    public static MailMessage? Of(NotifySubject subject, NotifyEvent happened)
    {
        var isGroup = subject.Kind == NotifySubject.Group(subject.Name).Kind;
        var title = $"VRRP {(isGroup ? "Group" : "Instance")} {subject.Name} - ";
        var whose = isGroup ? $"members of {subject.Name}" : $"addresses of {subject.Name}";
        return happened switch
        {
            NotifyEvent.Master => new MailMessage(title + "Entering MASTER state",
                isGroup ? $"=> All {whose} are MASTER here now <=" : $"=> This machine holds the {whose} now <="),
            NotifyEvent.Backup => new MailMessage(title + "Entering BACKUP state",
                isGroup ? $"=> All {whose} are BACKUP here now <=" : $"=> This machine does not hold the {whose} now <="),
            NotifyEvent.Fault => new MailMessage(title + "Entering FAULT state",
                isGroup ? $"=> All {whose} are in FAULT here now <=" : $"=> This machine cannot hold the {whose} at present <="),
            NotifyEvent.Stop => new MailMessage(title + "Stopping", $"=> {subject.Name} is being stopped on this machine <="),
            NotifyEvent.Deleted => new MailMessage(title + "Deleted", $"=> {subject.Name} is no longer in the configuration of this machine <="),
            _ => null,
        };
    }
}
