using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Bfd;

/// <summary>
/// A neighbour that a <see cref="BfdEndpoint"/> holds a session with: who it is, how to reach it, and how the session behaves. Immutable.
/// </summary>
public sealed record BfdNeighborOptions
{
    private const int MaxHops = 255;

    /// <summary>The name of the session in events, logs and metrics: unique in its endpoint.</summary>
    public required string Name { get; init; }

    /// <summary>The neighbour's address. A link-local IPv6 address needs <see cref="Interface"/>.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>
    /// The address to send from, and the only one that first packets may be sent to; <see cref="InetAddress.None"/>, the default, for the
    /// one that the route gives. It need not be there yet.
    /// </summary>
    public InetAddress LocalAddress { get; init; }

    /// <summary>
    /// The interface that leads to the neighbour: packets leave by it, and first packets are taken from it alone;
    /// <see langword="null"/>, the default, for whichever the route says. It need not exist yet: the session is down until it does.
    /// </summary>
    public string? Interface { get; init; }

    /// <summary>
    /// The VRF device in whose routing table the neighbour is reached; <see langword="null"/>, the default, for the main one.
    /// </summary>
    public string? Vrf { get; init; }

    /// <summary>Whether routers lie between (RFC 5883): port 4784, no echo, and no rule that the hop limit be 255.</summary>
    public bool IsMultihop { get; init; }

    /// <summary>
    /// Whether <see cref="Interface"/> is a point-to-point link, on which first packets are matched by interface and protocol alone
    /// (RFC 5881 §6).
    /// </summary>
    public bool IsPointToPoint { get; init; }

    /// <summary>
    /// The TTL or hop limit to send with, 1 to 255. 255, the default, is what RFC 5881 §5 asks for over a single hop; what to accept is
    /// <see cref="BfdSessionOptions.MinimumHopLimit"/>.
    /// </summary>
    public int HopLimit { get; init; } = MaxHops;

    /// <summary>DSCP and ECN of what is sent, in one byte; 0xc0, internetwork control (CS6), unless told.</summary>
    public int TrafficClass { get; init; } = 0xc0;

    /// <summary>Whether the session starts; one that does not is administratively down and says so to a neighbour that asks.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How the session behaves. Its echo function needs <see cref="Interface"/>, and CAP_NET_RAW.</summary>
    public BfdSessionOptions Session { get; init; } = new();

    /// <summary>
    /// Unless <see langword="null"/>, the neighbour knows no BFD and merely returns our echo packets (RFC 9747): there are no control
    /// packets, and <see cref="Session"/> does not count. Needs <see cref="Interface"/>, <see cref="LocalAddress"/> and CAP_NET_RAW.
    /// </summary>
    public BfdEchoSessionOptions? UnaffiliatedEcho { get; init; }

    internal BfdPath PathOver(int interfaceIndex) => new()
    {
        Remote = Address,
        Local = LocalAddress,
        InterfaceIndex = Interface is null ? 0 : interfaceIndex,
        IsMultihop = IsMultihop,
        IsPointToPoint = IsPointToPoint,
    };

    /// <summary>Checks each value, and that they agree.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which and why.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name, nameof(Name));
        ArgumentNullException.ThrowIfNull(Session, nameof(Session));
        if ((InterfaceName.Check(Interface) ?? InterfaceName.Check(Vrf)) is { } error)
            throw new ArgumentException(error);
        if (Address is { IsIPv6: true, IsLinkLocal: true } && Interface is null)
            throw new ArgumentException($"The link-local neighbour {Address} needs an interface.", nameof(Interface));
        BfdSessionOptions.CheckByte(HopLimit, nameof(HopLimit), 1);
        BfdSessionOptions.CheckByte(TrafficClass, nameof(TrafficClass), 0);

        if (UnaffiliatedEcho is not null)
            ValidateUnaffiliatedEcho(UnaffiliatedEcho);
        else if ((Session.EchoTxInterval > TimeSpan.Zero || Session.RequiredMinEchoRxInterval > TimeSpan.Zero) && Interface is null)
            throw new ArgumentException("The echo function needs to know the interface of the neighbour.", nameof(Interface));

        // Any index does: which one the interface has is known later.
        BfdSession.Validate(PathOver(interfaceIndex: 1), Session);
    }

    private void ValidateUnaffiliatedEcho(BfdEchoSessionOptions echo)
    {
        echo.Validate();
        if (Interface is null || LocalAddress.IsNone)
            throw new ArgumentException("Unaffiliated echo needs the interface of the neighbour, and an address of ours.");
        if (IsMultihop)
            throw new ArgumentException("There is no echo over several hops.");
    }

    /// <summary>Whether a running session of <paramref name="other"/> can go on with these options.</summary>
    internal bool IsSameSession(BfdNeighborOptions other) =>
        Address == other.Address && LocalAddress == other.LocalAddress && Interface == other.Interface && Vrf == other.Vrf
        && IsMultihop == other.IsMultihop && IsPointToPoint == other.IsPointToPoint && Session.Role == other.Session.Role && UnaffiliatedEcho == other.UnaffiliatedEcho;

    /// <summary>Whether a first packet could belong to either.</summary>
    internal bool Overlaps(BfdNeighborOptions other)
    {
        if (UnaffiliatedEcho is not null || other.UnaffiliatedEcho is not null)
            return false;
        if (IsMultihop != other.IsMultihop || Address.Family != other.Address.Family || Vrf != other.Vrf)
            return false;
        if (IsPointToPoint && other.IsPointToPoint)
            return Interface == other.Interface;
        return Address == other.Address
            && (Interface is null || other.Interface is null || Interface == other.Interface)
            && (LocalAddress.IsNone || other.LocalAddress.IsNone || LocalAddress == other.LocalAddress);
    }
}
