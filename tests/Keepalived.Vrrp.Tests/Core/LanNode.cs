namespace Keepalived.Vrrp.Tests.Core;

/// <summary>A router on a <see cref="VirtualLan"/>, with the host around it.</summary>
internal sealed class LanNode(VrrpRouter router, int segment = 0)
{
    public VrrpRouter Router { get; } = router;

    /// <summary>The segment that it is on: nodes hear those of their own only.</summary>
    public int Segment { get; } = segment;

    /// <summary>Whether the host runs; a dead one says nothing and forgets its addresses.</summary>
    public bool IsAlive { get; set; } = true;

    /// <summary>Whether the cable is plugged in.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>How far its wall clock is ahead of the true one, nanoseconds.</summary>
    public long ClockError { get; set; }

    public bool HoldsAddresses { get; private set; }

    /// <summary>When and to which state it changed.</summary>
    public List<(long Time, VrrpState State)> History { get; } = [];

    public VrrpState State => Router.State;

    public void Apply(in VrrpAction action, long now)
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
                History.Add((now, action.State));
                break;
            default:
                break;
        }
    }
}
