using Keepalived.Netlink;

namespace Keepalived.Bfd;

/// <summary>
/// What a session watches: one path to one neighbour, in one protocol (RFC 5881 §2, RFC 5883 §4.1). Packets that do not yet carry our
/// discriminator are matched to a session by it.
/// </summary>
public readonly record struct BfdPath
{
    /// <summary>The neighbour: where packets go, and where first packets have to come from.</summary>
    public required InetAddress Remote { get; init; }

    /// <summary>Our address on the path; <see cref="InetAddress.None"/> accepts packets to any of ours.</summary>
    public InetAddress Local { get; init; }

    /// <summary>The interface of the path; 0 accepts packets from any.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Whether routers lie between (port 4784, no echo, no rule that the hop limit be 255).</summary>
    public bool IsMultihop { get; init; }

    /// <summary>
    /// Whether the interface is a point-to-point link, on which first packets are matched by interface and protocol alone: the neighbour's
    /// source address does not count, and a changed one is not used as a destination (RFC 5881 §6).
    /// </summary>
    public bool IsPointToPoint { get; init; }

    /// <summary>
    /// The lowest TTL or hop limit to accept when the options say nothing: 255 over a single hop (RFC 5881 §5), otherwise any.
    /// </summary>
    public byte DefaultMinimumHopLimit => IsMultihop ? (byte)0 : byte.MaxValue;

    /// <summary>Checks that the parts agree.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (Remote.IsNone || Remote.IsAny || Remote.IsMulticast)
            throw new ArgumentException("The neighbour of a BFD session is a unicast address.", nameof(Remote));
        if (!Local.IsNone && Local.Family != Remote.Family)
            throw new ArgumentException("Both addresses of a BFD session are of one family.", nameof(Local));
        if (!Local.IsNone && (Local.IsAny || Local.IsMulticast))
            throw new ArgumentException("The local address of a BFD session is a unicast address, or none.", nameof(Local));
        ArgumentOutOfRangeException.ThrowIfNegative(InterfaceIndex, nameof(InterfaceIndex));
        if (IsPointToPoint && (IsMultihop || InterfaceIndex == 0))
            throw new ArgumentException("A point-to-point path is a single hop over a named interface.", nameof(IsPointToPoint));
    }
}
