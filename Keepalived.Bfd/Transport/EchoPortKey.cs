using System.Net.Sockets;

namespace Keepalived.Bfd.Transport;

/// <summary>What echo packets a port hears: those of one family on one interface. The VRF says whose sessions they are of.</summary>
internal readonly record struct EchoPortKey(int InterfaceIndex, AddressFamily Family, string? Vrf);
