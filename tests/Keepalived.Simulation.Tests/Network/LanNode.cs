using Keepalived.Netlink.Io;
using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>A router on a <see cref="VirtualLan"/>.</summary>
internal sealed class LanNode(LanHost host, VrrpRouter router, int segment)
{
    public LanHost Host { get; } = host;

    /// <summary>The machine; another one after the host was started again.</summary>
    public VrrpRouter Router { get; private set; } = router;

    /// <summary>The segment that it is on: nodes hear those of their own only.</summary>
    public int Segment { get; } = segment;

    /// <summary>Whether the cable is plugged in.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Whether the kernel has its addresses. They outlive the process.</summary>
    public bool HoldsAddresses { get; private set; }

    /// <summary>When and to which state it changed.</summary>
    public List<(long Time, VrrpState State)> History { get; } = [];

    /// <summary>When it last became master.</summary>
    public long MasterSince { get; private set; }

    /// <summary>When it is due, on the simulation's clock.</summary>
    public long Deadline { get; private set; } = MonotonicClock.Never;

    /// <summary>When a master that it must follow was last heard, on the host's clock; 0 if it has a reason not to wait for it.</summary>
    public long Heard { get; set; }

    /// <summary>The advertisement interval of the master heard.</summary>
    public long HeardInterval { get; set; }

    public VrrpState State => Router.State;

    public void Replace(VrrpRouter router)
    {
        Router = router;
        HoldsAddresses = false;
        Heard = 0;
    }

    public void UpdateDeadline()
    {
        var local = Router.NextDeadline;
        Deadline = local == MonotonicClock.Never ? local : Host.Clock.ToGlobal(local);
    }

    public void Apply(in VrrpAction action, long now, bool keepsHistory)
    {
        switch (action.Kind)
        {
            case VrrpActionKind.ConfigureAddresses:
                HoldsAddresses = true;
                break;
            case VrrpActionKind.RemoveAddresses:
                HoldsAddresses = false;
                break;
            case VrrpActionKind.StateChanged:
                if (action.State == VrrpState.Master)
                    MasterSince = now;
                if (keepsHistory)
                    History.Add((now, action.State));
                break;
        }
    }
}
