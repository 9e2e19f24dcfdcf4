using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>How long interfaces must be down or up to count as such: <c>INTERFACE DOWN [UP]</c>; UP is 0 if absent.</summary>
internal sealed class InterfaceDelayList() : ListSyntax<InterfaceDelay>("interface_up_down_delays")
{
    private static readonly DecimalSyntax Delay = new(0, 255_000_000);

    public override string Description => "{ INTERFACE DOWN [UP] ... }";

    protected override void ReadEntry(ValueReader entry, List<InterfaceDelay> list)
    {
        var name = entry.Text(0);
        if (!entry.Context.AllowsAbsentInterfaces && entry.Context.FindInterface(name, out var isChecked) is null && isChecked)
        {
            entry.Context.Error(entry.Statement, 0, DiagnosticCodes.BadInterface, $"{entry.Keyword.Name}: there is no interface {name}",
                fault: ConfigurationFault.Fatal);
            return;
        }

        if (entry.Count < 2)
        {
            entry.Invalid(0, "the delay is missing", "INTERFACE DOWN [UP]");
            return;
        }

        var up = TimeSpan.Zero;
        if (Delay.TryRead(entry, 1, out var down) && (entry.Count < 3 || Delay.TryRead(entry, 2, out up)))
            list.Add(new InterfaceDelay(name, down, up));
    }
}
