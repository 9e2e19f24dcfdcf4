namespace Keepalived.Vrrp.Transport;

/// <summary>An interface that a virtual router depends on.</summary>
/// <param name="name">Its name.</param>
/// <param name="fault">What it means for the router while it is down; another one for each interface.</param>
internal sealed class TrackedInterface(string name, VrrpFault fault)
{
    public string Name { get; set; } = name;

    public VrrpFault Fault { get; } = fault;

    /// <summary>What was last said of it; unknown at first.</summary>
    public bool? IsUp { get; set; }
}
