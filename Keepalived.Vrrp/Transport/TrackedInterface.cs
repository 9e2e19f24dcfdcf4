namespace Keepalived.Vrrp.Transport;

/// <summary>An interface that a virtual router depends on.</summary>
/// <param name="name">Its name.</param>
/// <param name="fault">Distinguishes its fault from those of the router's other interfaces.</param>
internal sealed class TrackedInterface(string name, int fault)
{
    public string Name { get; } = name;

    public VrrpFault Fault { get; } = new(VrrpFaultReason.InterfaceDown, fault);

    /// <summary>What was last said of it; unknown at first.</summary>
    public bool? IsUp { get; set; }
}
