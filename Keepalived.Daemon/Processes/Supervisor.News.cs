namespace Keepalived.Daemon.Processes;

/// <content>What one child tells another. The last word about each name is kept, so that a child that starts later, or again, hears it.</content>
internal sealed partial class Supervisor
{
    private readonly Dictionary<string, RoleMessage> _instanceStates = new(StringComparer.Ordinal);

    private void Relay(RoleMessage message)
    {
        if (message.Text.Length < 2)
            return;
        _instanceStates[message.Text[1..]] = message;
        if (_children.GetValueOrDefault(DaemonRole.Checker) is { OwesStart: false, Channel: { } checkers })
            checkers.Send(message);
    }

    private void TellNews(ManagedChild child)
    {
        if (child.Role != DaemonRole.Checker)
            return;
        foreach (var message in _instanceStates.Values)
            child.Channel?.Send(message);
    }
}
