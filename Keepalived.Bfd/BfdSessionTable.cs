using System.Security.Cryptography;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd;

/// <summary>
/// The sessions of a system, found by discriminator, or for first packets by path (RFC 5880 §6.3, RFC 5881 §3, RFC 5883 §4). The road of a
/// received datagram starts here. Lookups allocate nothing. Not thread-safe: it belongs to the thread of its sessions.
/// </summary>
public sealed class BfdSessionTable
{
    private readonly Dictionary<uint, IBfdMachine> _byDiscriminator = [];
    private readonly Dictionary<NeighborKey, List<BfdSession>> _byNeighbor = [];
    private readonly Dictionary<LinkKey, BfdSession> _byLink = [];
    private readonly long[] _discarded = new long[(int)BfdDiscardReason.EchoStale + 1];

    /// <summary>How many sessions there are, of both kinds.</summary>
    public int Count => _byDiscriminator.Count;

    /// <summary>All sessions, of both kinds, in no order.</summary>
    public IReadOnlyCollection<IBfdMachine> Sessions => _byDiscriminator.Values;

    /// <summary>A discriminator for a new session: not zero, not in use here, and unpredictable (RFC 5880 §6.8.1).</summary>
    public uint CreateDiscriminator()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        while (true)
        {
            RandomNumberGenerator.Fill(bytes);
            var discriminator = BitConverter.ToUInt32(bytes);
            if (discriminator != 0 && !_byDiscriminator.ContainsKey(discriminator))
                return discriminator;
        }
    }

    /// <summary>Adds a session.</summary>
    /// <exception cref="ArgumentException">
    /// Its discriminator is in use, or a first packet could belong to it and to another session.
    /// </exception>
    public void Add(BfdSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (FindOverlapping(session.Path) is not null)
            throw new ArgumentException($"There is a session on the path to {session.Path.Remote} already.", nameof(session));
        AddDiscriminator(session);
        var path = session.Path;
        if (path.IsPointToPoint)
            _byLink.Add(new LinkKey(path.InterfaceIndex, path.Remote.IsIPv6), session);
        else if (_byNeighbor.TryGetValue(new NeighborKey(path.Remote, path.IsMultihop), out var neighbors))
            neighbors.Add(session);
        else
            _byNeighbor.Add(new NeighborKey(path.Remote, path.IsMultihop), [session]);
    }

    /// <summary>Adds an unaffiliated echo session.</summary>
    /// <exception cref="ArgumentException">Its discriminator is in use.</exception>
    public void Add(BfdEchoSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        AddDiscriminator(session);
    }

    /// <summary>Removes a session of either kind. False if it is not here.</summary>
    public bool Remove(IBfdMachine session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (Find(session.LocalDiscriminator) != session)
            return false;
        _byDiscriminator.Remove(session.LocalDiscriminator);
        if (session is not BfdSession { Path: var path } control)
            return true;
        if (path.IsPointToPoint)
            return _byLink.Remove(new LinkKey(path.InterfaceIndex, path.Remote.IsIPv6));
        var key = new NeighborKey(path.Remote, path.IsMultihop);
        var neighbors = _byNeighbor[key];
        neighbors.Remove(control);
        if (neighbors.Count == 0)
            _byNeighbor.Remove(key);
        return true;
    }

    /// <summary>The session with this discriminator, of either kind.</summary>
    public IBfdMachine? Find(uint discriminator) => _byDiscriminator.GetValueOrDefault(discriminator);

    /// <summary>A session whose first packets could not be told from those of <paramref name="path"/>, if there is one.</summary>
    public BfdSession? FindOverlapping(in BfdPath path)
    {
        if (path.IsPointToPoint)
            return _byLink.GetValueOrDefault(new LinkKey(path.InterfaceIndex, path.Remote.IsIPv6));
        if (!_byNeighbor.TryGetValue(new NeighborKey(path.Remote, path.IsMultihop), out var neighbors))
            return null;
        foreach (var session in neighbors)
        {
            var other = session.Path;
            var sameLocal = path.Local.IsNone || other.Local.IsNone || path.Local == other.Local;
            var sameLink = path.InterfaceIndex == 0 || other.InterfaceIndex == 0 || path.InterfaceIndex == other.InterfaceIndex;
            if (sameLocal && sameLink)
                return session;
        }

        return null;
    }

    /// <summary>
    /// The session of a packet: by its your discriminator alone if it has one (RFC 5880 §6.3), otherwise by where it came from.
    /// </summary>
    /// <returns>
    /// <see cref="BfdDiscardReason.None"/>, <see cref="BfdDiscardReason.UnknownDiscriminator"/> or
    /// <see cref="BfdDiscardReason.UnknownNeighbor"/>.
    /// </returns>
    public BfdDiscardReason TryFind(in BfdControlPacket packet, in BfdPacketOrigin origin, out BfdSession? session)
    {
        if (packet.YourDiscriminator != 0)
        {
            session = Find(packet.YourDiscriminator) as BfdSession;
            return session is null ? BfdDiscardReason.UnknownDiscriminator : BfdDiscardReason.None;
        }

        session = FindByOrigin(origin);
        return session is null ? BfdDiscardReason.UnknownNeighbor : BfdDiscardReason.None;
    }

    /// <summary>Takes the payload of a datagram that came to port 3784 or 4784: parses it, finds its session and hands it over.</summary>
    /// <param name="payload">The UDP payload.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="now">The time in ns.</param>
    /// <param name="session">The session to drain, if one was found.</param>
    /// <returns>The first check that failed. Discards without a session are counted here, the others at the session.</returns>
    public BfdDiscardReason HandleDatagram(ReadOnlySpan<byte> payload, in BfdPacketOrigin origin, long now, out BfdSession? session)
    {
        session = null;
        var reason = BfdControlPacket.TryParse(payload, out var packet);
        if (reason == BfdDiscardReason.None)
            reason = TryFind(packet, origin, out session);
        return reason == BfdDiscardReason.None ? session!.HandlePacket(packet, origin.HopLimit, now) : CountDiscard(reason);
    }

    /// <summary>Takes the payload of a datagram that came to port 3785: an echo packet of a session of either kind.</summary>
    /// <param name="payload">The UDP payload.</param>
    /// <param name="hopLimit">Its TTL or hop limit; -1 if unknown.</param>
    /// <param name="now">The time in ns.</param>
    /// <param name="session">The session to drain, if one was found.</param>
    /// <returns>The first check that failed. Discards without a session are counted here, the others at the session.</returns>
    public BfdDiscardReason HandleEchoDatagram(ReadOnlySpan<byte> payload, int hopLimit, long now, out IBfdMachine? session)
    {
        session = null;
        if (BfdEchoPacket.TryParse(payload, out var echo))
        {
            session = Find(echo.Discriminator) as BfdSession;
            return session is BfdSession control ? control.HandleEcho(payload, now) : CountDiscard(BfdDiscardReason.UnknownDiscriminator);
        }

        var reason = BfdControlPacket.TryParse(payload, out var packet);
        if (reason != BfdDiscardReason.None)
            return CountDiscard(BfdDiscardReason.EchoFormat);
        session = Find(packet.MyDiscriminator) as BfdEchoSession;
        return session is BfdEchoSession looped
            ? looped.HandlePacket(packet, hopLimit, now)
            : CountDiscard(BfdDiscardReason.UnknownDiscriminator);
    }

    /// <summary>How many datagrams were discarded for one reason before a session was found.</summary>
    public long Discarded(BfdDiscardReason reason) => (uint)reason < (uint)_discarded.Length ? _discarded[(int)reason] : 0;

    private BfdDiscardReason CountDiscard(BfdDiscardReason reason)
    {
        _discarded[(int)reason]++;
        return reason;
    }

    private void AddDiscriminator(IBfdMachine session)
    {
        if (!_byDiscriminator.TryAdd(session.LocalDiscriminator, session))
            throw new ArgumentException($"The discriminator 0x{session.LocalDiscriminator:x8} is in use.", nameof(session));
    }

    private BfdSession? FindByOrigin(in BfdPacketOrigin origin)
    {
        if (_byNeighbor.TryGetValue(new NeighborKey(origin.Source, origin.IsMultihop), out var neighbors))
        {
            foreach (var session in neighbors)
            {
                var path = session.Path;
                if ((path.Local.IsNone || path.Local == origin.Destination)
                    && (path.InterfaceIndex == 0 || path.InterfaceIndex == origin.InterfaceIndex))
                    return session;
            }
        }

        return origin.IsMultihop ? null : _byLink.GetValueOrDefault(new LinkKey(origin.InterfaceIndex, origin.Source.IsIPv6));
    }

    private readonly record struct NeighborKey(InetAddress Remote, bool IsMultihop);

    private readonly record struct LinkKey(int InterfaceIndex, bool IsIPv6);
}
