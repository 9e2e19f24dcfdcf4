using System.Globalization;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>What happened in a run, the last lines of it. A run is written down only when it is repeated because it failed.</summary>
internal sealed class Trace
{
    private const int Lines = 300;
    private readonly Queue<string> _lines = new();

    public void Write(long now, string text)
    {
        if (_lines.Count == Lines)
            _lines.Dequeue();
        var seconds = (now - RouterHarness.Epoch) / (double)MonotonicClock.Second;
        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{seconds,14:0.000000}  {text}"));
    }

    public void Write(long now, LanNode node, in VrrpAction action)
    {
        var what = action.Kind switch
        {
            VrrpActionKind.SendAdvertisement => $"sends {action.Priority} ({action.AdvertisementReason})",
            VrrpActionKind.StateChanged => $"{action.PreviousState} > {action.State} ({action.StateReason})",
            VrrpActionKind.PriorityChanged => $"priority {action.PreviousPriority} > {action.Priority}",
            VrrpActionKind.Notice => $"notices {action.Notice} {action.Address} {action.Value}",
            _ => action.Kind.ToString(),
        };
        Write(now, $"{node.Router.Options.Name} {what}");
    }

    public override string ToString() => string.Join('\n', _lines);
}
