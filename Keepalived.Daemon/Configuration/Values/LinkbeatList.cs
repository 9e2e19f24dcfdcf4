using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Interfaces whose link state is polled, with the way to do it.</summary>
internal sealed class LinkbeatList() : ListSyntax<LinkPolling>("linkbeat_interfaces")
{
    public override string Description => "{ INTERFACE [MII|ETHTOOL|IOCTL] ... }";

    protected override void ReadEntry(ValueReader entry, List<LinkPolling> list)
    {
        var name = entry.Text(0);
        if (!entry.Context.AllowsAbsentInterfaces && entry.Context.FindInterface(name, out var isChecked) is null && isChecked)
        {
            entry.Context.Error(entry.Statement, 0, DiagnosticCodes.BadInterface, $"linkbeat_interfaces: there is no interface {name}",
                fault: ConfigurationFault.Fatal);
            entry.Context.ChildCannotStart = entry.Context.InterfaceMissing = true;
            return;
        }

        var method = LinkPollingMethod.Automatic;
        switch (entry.Count > 1 ? entry.Text(1) : null)
        {
            case null:
                break;
            case "MII":
                method = LinkPollingMethod.Mii;
                break;
            case "ETHTOOL":
                method = LinkPollingMethod.Ethtool;
                break;
            case "IOCTL":
                method = LinkPollingMethod.Flags;
                break;
            default:
                entry.Unknown(1, ["MII", "ETHTOOL", "IOCTL"]);
                break;
        }

        list.Add(new LinkPolling(name, method));
    }
}
