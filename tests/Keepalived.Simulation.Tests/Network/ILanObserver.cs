using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>Looks on.</summary>
internal interface ILanObserver
{
    /// <summary>A router asked for something, which was done.</summary>
    void OnAction(LanNode node, in VrrpAction action);

    /// <summary>A router was given an advert and did what followed.</summary>
    void OnReceived(LanNode node, LanFrame frame, VrrpDiscardReason verdict, VrrpState stateBefore, byte priorityBefore);

    /// <summary>An event and all that followed from it is over.</summary>
    void AfterEvent(long now);
}
