using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Nftables.Expressions;

namespace Keepalived.Daemon.Balancing.Marks;

/// <summary>
/// How marks look in the packet filter, as the original lays them out: a table for each family, in it a map from address and port to mark
/// for each protocol, and a chain before IPVS whose rules look there.
/// </summary>
/// <param name="Definitions">The names and priorities.</param>
/// <param name="Counts">Whether rules and elements count packets.</param>
internal sealed record MarkLayout(NftablesIpvsDefinitions Definitions, bool Counts)
{
    private const string Chain = "in";
    private const uint PortOffset = 2;
    private const ushort LastPort = ushort.MaxValue;

    private static readonly IpvsProtocol[] Protocols = [IpvsProtocol.Tcp, IpvsProtocol.Udp, IpvsProtocol.Sctp];

    /// <summary>The families that may have a table.</summary>
    public static IReadOnlyList<AddressFamily> Families { get; } = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    /// <summary>The name of the tables.</summary>
    public string Table => Definitions.Table;

    /// <summary>Makes the table of a family anew; if there is nothing for it, it goes.</summary>
    public void Rebuild(NftTransaction transaction, AddressFamily family, IReadOnlyList<MarkRange> ranges)
    {
        var kernelFamily = ToKernel(family);
        transaction.RemoveTable(kernelFamily, Table);
        var own = ranges.Where(range => range.Family == family).ToList();
        if (own.Count == 0)
            return;
        transaction.AddTable(new NftTable(kernelFamily, Table));
        transaction.AddChain(new NftChain(kernelFamily, Table, Chain) { Base = new NftBaseChain(NftHook.Input, Definitions.Priority) });
        foreach (var protocol in own.Select(static range => range.Protocol).Distinct())
        {
            var map = MapOf(family, protocol);
            transaction.AddSet(map);
            transaction.AddRule(RuleOf(family, protocol, map));
        }

        Add(transaction, own);
    }

    /// <summary>Deletes the table of a family, if there is one.</summary>
    public void Remove(NftTransaction transaction, AddressFamily family) => transaction.RemoveTable(ToKernel(family), Table);

    /// <summary>Adds elements to maps that are there.</summary>
    public void Add(NftTransaction transaction, IEnumerable<MarkRange> ranges)
    {
        foreach (var group in ranges.GroupBy(static range => (range.Family, range.Protocol)))
            transaction.AddElements(MapOf(group.Key.Family, group.Key.Protocol), group.Select(ToElement));
    }

    /// <summary>Deletes elements that are there.</summary>
    public void Delete(NftTransaction transaction, IEnumerable<MarkRange> ranges)
    {
        foreach (var group in ranges.GroupBy(static range => (range.Family, range.Protocol)))
            transaction.DeleteElements(MapOf(group.Key.Family, group.Key.Protocol), group.Select(ToElement));
    }

    /// <summary>What the kernel has of these tables.</summary>
    /// <exception cref="NetlinkException">It cannot be asked.</exception>
    public async Task<List<MarkRange>> ReadAsync(NftablesClient client)
    {
        List<MarkRange> present = [];
        foreach (var family in Families)
        {
            foreach (var set in await client.GetSetsAsync(ToKernel(family), Table).ConfigureAwait(true))
            {
                if (Array.Find(Protocols, protocol => NameOf(protocol) == set.Name) is var protocol and not IpvsProtocol.None)
                {
                    var elements = await client.GetElementsAsync(set.Family, Table, set.Name).ConfigureAwait(true);
                    present.AddRange(elements.Select(element => ToRange(family, protocol, element)).OfType<MarkRange>());
                }
            }
        }

        return present;
    }

    private static NftFamily ToKernel(AddressFamily family) => family == AddressFamily.InterNetwork ? NftFamily.IPv4 : NftFamily.IPv6;

    private static string NameOf(IpvsProtocol protocol) => protocol switch
    {
        IpvsProtocol.Tcp => "tcp_map",
        IpvsProtocol.Udp => "udp_map",
        _ => "sctp_map",
    };

    private static int LengthOf(AddressFamily family) => family == AddressFamily.InterNetwork ? 4 : 16;

    private static NftElement ToElement(MarkRange range) =>
        new(KeyOf(range.First, range.Port))
        {
            // The original looks for port 0 where all are meant, and finds no packet.
            KeyEnd = KeyOf(range.Last, range.Port == 0 ? LastPort : range.Port),
            Data = NftValue.HostOrder(range.Mark),
        };

    private static NftValue KeyOf(InetAddress address, ushort port) =>
        NftValue.Concatenate(NftValue.Of(address), NftValue.NetworkOrder(port));

    private static MarkRange? ToRange(AddressFamily family, IpvsProtocol protocol, NftElement element)
    {
        var length = LengthOf(family);
        var mark = element.Data.Value.Bytes;
        if (element.Key.Length < length + sizeof(ushort) || element.KeyEnd.Length < length + sizeof(ushort) || mark.Length != sizeof(uint))
            return null; // not one of ours
        return new MarkRange(
            protocol,
            InetAddress.FromBytes(element.Key.Bytes[..length]),
            InetAddress.FromBytes(element.KeyEnd.Bytes[..length]),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(element.Key.Bytes[length..]),
            System.Runtime.InteropServices.MemoryMarshal.Read<uint>(mark));
    }

    private NftSet MapOf(AddressFamily family, IpvsProtocol protocol)
    {
        var length = LengthOf(family);
        var address = family == AddressFamily.InterNetwork ? NftDataType.IPv4Address : NftDataType.IPv6Address;
        return new NftSet(
            ToKernel(family), Table, NameOf(protocol), NftDataType.Concatenate(address, NftDataType.InetService), length + sizeof(uint))
        {
            DataType = NftDataType.Mark,
            DataLength = sizeof(uint),
            FieldLengths = [length, sizeof(ushort)],
            ElementExpressions = Counts ? [new CounterExpression()] : [],
        };
    }

    private NftRule RuleOf(AddressFamily family, IpvsProtocol protocol, NftSet map)
    {
        var isIPv4 = family == AddressFamily.InterNetwork;
        NftExpression[] expressions =
        [
            new MetaExpression(MetaKey.TransportProtocol, NftRegister.R1),
            new CompareExpression(NftRegister.R1, new NftValue((byte)protocol)),
            new PayloadExpression(PayloadBase.NetworkHeader, isIPv4 ? 16u : 24, (uint)LengthOf(family), NftRegister.R1),
            new PayloadExpression(PayloadBase.TransportHeader, PortOffset, sizeof(ushort), isIPv4 ? NftRegister.Word(1) : NftRegister.R2),
            new LookupExpression(map.Name, NftRegister.R1) { Destination = NftRegister.R1 },
            new MetaExpression(MetaKey.Mark, NftRegister.R1, IsStore: true),
        ];
        IEnumerable<NftExpression> counted = Counts ? [.. expressions, new CounterExpression()] : expressions;
        return new NftRule(ToKernel(family), Table, Chain, [.. counted, new ImmediateExpression(NftVerdict.Return)]);
    }
}
