namespace Keepalived.Daemon.Notify;

/// <summary>Whom a notification is about.</summary>
/// <param name="Kind"><c>INSTANCE</c> or <c>GROUP</c>.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct NotifySubject(string Kind, string Name)
{
    /// <summary>A VRRP instance.</summary>
    public static NotifySubject Instance(string name) => new("INSTANCE", name);

    /// <summary>A VRRP sync group.</summary>
    public static NotifySubject Group(string name) => new("GROUP", name);
}
