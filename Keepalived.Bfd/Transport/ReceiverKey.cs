using System.Net.Sockets;

namespace Keepalived.Bfd.Transport;

/// <summary>What packets a receiver hears: those of one family to one port, in one VRF or outside of all.</summary>
internal readonly record struct ReceiverKey(AddressFamily Family, bool IsMultihop, string? Vrf)
{
    public ushort Port => IsMultihop ? BfdPorts.Multihop : BfdPorts.SingleHop;

    public override string ToString() =>
        $"{(Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} port {Port}{(Vrf is null ? "" : $" in VRF {Vrf}")}";
}
