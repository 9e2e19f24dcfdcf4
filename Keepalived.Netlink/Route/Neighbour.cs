using System.Globalization;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>An entry of the ARP or neighbour discovery cache (struct ndmsg and NDA_* of linux/neighbour.h).</summary>
public sealed record Neighbour
{
    internal const int FixedLength = 12;

    private const ushort NdaDestination = 1;
    private const ushort NdaLinkLayerAddress = 2;
    private const ushort NdaInterfaceIndex = 8;
    private const ushort NdaProtocol = 12;

    /// <summary>The link it is on.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>Its IP address.</summary>
    public required InetAddress Destination { get; init; }

    /// <summary>Its link-layer address; none if it is not known.</summary>
    public LinkLayerAddress LinkLayerAddress { get; init; }

    /// <summary>What is known of it.</summary>
    public NeighbourState State { get; init; } = NeighbourState.Permanent;

    /// <summary>Its flags.</summary>
    public NeighbourFlags Flags { get; init; }

    /// <summary>Who made it: see <see cref="RouteProtocol"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>Decodes RTM_NEWNEIGH or RTM_DELNEIGH of IPv4 or IPv6. Attributes that are not known are left out.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out Neighbour? neighbour)
    {
        neighbour = null;
        if (message.Type is not (RouteMessageType.NewNeighbour or RouteMessageType.DeleteNeighbour))
            return NetlinkDecodeError.WrongType;
        var bytes = message.Payload;
        if (bytes.Length < FixedLength)
            return NetlinkDecodeError.TruncatedPayload;
        if (bytes[0] is not (KernelFamily.IPv4 or KernelFamily.IPv6))
            return NetlinkDecodeError.WrongType;
        InetAddress destination = default;
        LinkLayerAddress linkLayerAddress = default;
        byte protocol = 0;
        var ok = true;
        var attributes = message.Attributes(FixedLength);
        while (attributes.TryRead(out var attribute))
        {
            switch (attribute.Type)
            {
                case NdaDestination:
                    ok &= attribute.TryGetAddress(out destination);
                    break;
                case NdaLinkLayerAddress:
                    ok &= attribute.TryGetLinkLayerAddress(out linkLayerAddress);
                    break;
                case NdaProtocol:
                    ok &= attribute.TryGetByte(out protocol);
                    break;
            }
        }

        if (!ok || attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        if (destination.IsNone)
            return NetlinkDecodeError.MissingAttribute;
        if (destination.Family != KernelFamily.FromKernel(bytes[0]))
            return NetlinkDecodeError.MalformedAttribute;
        neighbour = new Neighbour
        {
            InterfaceIndex = MemoryMarshal.Read<int>(bytes[4..]),
            Destination = destination,
            LinkLayerAddress = linkLayerAddress,
            State = (NeighbourState)MemoryMarshal.Read<ushort>(bytes[8..]),
            Flags = (NeighbourFlags)bytes[10],
            Protocol = protocol,
        };
        return NetlinkDecodeError.None;
    }

    /// <summary>Writes what follows the header of RTM_NEWNEIGH or RTM_DELNEIGH.</summary>
    /// <exception cref="ArgumentException">The address is <see cref="InetAddress.None"/>.</exception>
    public void Encode(ref NetlinkMessageWriter writer)
    {
        if (Destination.IsNone)
            throw new ArgumentException("A neighbour needs an address.");
        var header = writer.WriteFixedHeader(FixedLength);
        header[0] = Destination.Family.ToKernel();
        MemoryMarshal.Write(header[4..], InterfaceIndex);
        MemoryMarshal.Write(header[8..], (ushort)State);
        header[10] = (byte)Flags;
        writer.WriteAddress(NdaDestination, Destination);
        if (LinkLayerAddress.Length > 0)
            writer.WriteBytes(NdaLinkLayerAddress, LinkLayerAddress.Bytes);
        if (Protocol != 0)
            writer.WriteByte(NdaProtocol, Protocol);
    }

    /// <summary>As the ip command writes it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Destination} dev {InterfaceIndex} lladdr {LinkLayerAddress} {State}");

    internal static void EncodeListRequest(ref NetlinkMessageWriter writer, byte family, int interfaceIndex)
    {
        writer.WriteFixedHeader(FixedLength)[0] = family;
        if (interfaceIndex != 0)
            writer.WriteInt32(NdaInterfaceIndex, interfaceIndex);
    }
}
