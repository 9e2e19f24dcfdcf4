using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Interfaces whose link state is polled, with the way to do it.</summary>
internal sealed class LinkbeatList() : ListSyntax<string>("linkbeat_interfaces")
{
    public override string Description => "{ INTERFACE [MII|ETHTOOL|IOCTL] ... }";

    protected override void ReadEntry(ValueReader entry, List<string> list)
    {
        var name = entry.Text(0);
        if (!entry.Context.AllowsAbsentInterfaces && entry.Context.FindInterface(name, out var isChecked) is null && isChecked)
        {
            entry.Context.Error(entry.Statement, 0, DiagnosticCodes.BadInterface, $"linkbeat_interfaces: there is no interface {name}",
                fault: ConfigurationFault.Fatal);
            entry.Context.ChildCannotStart = entry.Context.InterfaceMissing = true;
            return;
        }

        if (entry.Count > 1 && entry[1] is not ("MII" or "ETHTOOL" or "IOCTL"))
            entry.Unknown(1, ["MII", "ETHTOOL", "IOCTL"]);
        list.Add(name);
    }
}
