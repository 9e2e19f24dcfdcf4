namespace Keepalived.Daemon.Processes;

/// <content>What one child tells another. The last word about each name is kept, so that a child that starts later, or again, hears it.</content>
internal sealed partial class Supervisor
{
    private readonly Dictionary<(RoleMessageKind Kind, string Name), RoleMessage> _news = [];

    private static DaemonRole Audience(RoleMessageKind kind) =>
        kind == RoleMessageKind.InstanceState ? DaemonRole.Checker : DaemonRole.Vrrp;

    private void Relay(RoleMessage message)
    {
        if (!message.IsNews)
            return;
        _news[(message.Kind, message.NewsName)] = message;
        if (_children.GetValueOrDefault(Audience(message.Kind)) is { OwesStart: false, Channel: { } audience })
            audience.Send(message);
    }

    private void TellNews(ManagedChild child)
    {
        foreach (var message in _news.Values)
        {
            if (Audience(message.Kind) == child.Role)
                child.Channel?.Send(message);
        }
    }
}
