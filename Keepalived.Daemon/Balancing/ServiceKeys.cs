using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing;

/// <summary>The kernel's services of a virtual server: one, or one for each address and mark of its group.</summary>
internal static class ServiceKeys
{
    /// <summary>The most services of one virtual server. The kernel would take more; whoever asks for them has mistyped a prefix.</summary>
    public const int MaxCount = 1 << 20;

    /// <summary>The services, addresses before marks, in the order of the group.</summary>
    /// <param name="server">The virtual server.</param>
    /// <param name="mark">The mark that packets to its group get; null if they get none.</param>
    /// <returns>Them, or null if there would be more than <see cref="MaxCount"/>.</returns>
    /// <exception cref="ArgumentException">A mark is 0, which no packet's is.</exception>
    public static List<IpvsServiceKey>? Of(VirtualServerConfiguration server, uint? mark = null)
    {
        if (server.IsMark)
            return [IpvsServiceKey.ForMark(server.FirewallMark, server.Family)];
        if (server.Group is null)
            return [IpvsServiceKey.Create(server.Protocol, server.Address, server.Port)];
        if (mark is { } own)
            return [.. server.Group.Entries.Select(static entry => entry.Family).Distinct().Order().Select(family => IpvsServiceKey.ForMark(own, family))];
        var keys = new List<IpvsServiceKey>();
        foreach (var entry in server.Group.Entries.Where(static entry => !entry.IsMark))
        {
            if (!TryAddRange(keys, server.Protocol, entry))
                return null;
        }

        foreach (var entry in server.Group.Entries.Where(static entry => entry.IsMark))
        {
            var family = entry.Family == AddressFamily.Unspecified ? server.Family : entry.Family;
            keys.Add(IpvsServiceKey.ForMark(entry.FirewallMark, family == AddressFamily.Unspecified ? AddressFamily.InterNetwork : family));
        }

        return keys;
    }

    private static bool TryAddRange(List<IpvsServiceKey> keys, IpvsProtocol protocol, VirtualServerGroupEntry entry)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> end = stackalloc byte[16];
        var length = entry.First.WriteTo(bytes);
        entry.Last.WriteTo(end);
        // An IPv6 range counts in the last 16 bits, an IPv4 one in all 32.
        var width = entry.First.IsIPv4 ? 4 : 2;
        var counter = bytes[(length - width)..length];
        var (first, last) = (Read(counter), Read(end[(length - width)..length]));
        if (last < first || last - first >= (uint)(MaxCount - keys.Count))
            return last < first;
        for (var number = first; ; number++)
        {
            if (width == 4)
                BinaryPrimitives.WriteUInt32BigEndian(counter, number);
            else
                BinaryPrimitives.WriteUInt16BigEndian(counter, (ushort)number);
            keys.Add(IpvsServiceKey.Create(protocol, InetAddress.FromBytes(bytes[..length]), entry.Port));
            if (number == last)
                return true;
        }

        static uint Read(ReadOnlySpan<byte> bytes) =>
            bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
