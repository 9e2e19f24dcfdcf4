using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink;
using BfdAuthenticationType = Keepalived.Daemon.Configuration.Model.BfdAuthenticationType;
using WireAuthenticationType = Keepalived.Bfd.Wire.BfdAuthenticationType;

namespace Keepalived.Daemon.Composition;

/// <summary>Says in the library's words what BFD blocks say in the operator's.</summary>
internal static class BfdMapping
{
    /// <summary>The session of a <c>bfd_instance</c>.</summary>
    public static BfdNeighborOptions ToNeighbor(this BfdInstanceConfiguration instance) => new()
    {
        Name = instance.Name,
        Address = instance.NeighborAddress,
        LocalAddress = instance.SourceAddress ?? InetAddress.None,
        Interface = instance.Interface,
        Vrf = instance.Vrf,
        IsMultihop = instance.IsMultihop,
        IsPointToPoint = instance.IsPointToPoint,
        HopLimit = instance.Session.HopLimit ?? byte.MaxValue,
        IsEnabled = !instance.IsAdminDown,
        Session = instance.Session.ToOptions(BfdSessionConfiguration.ExpectedHopLimit(instance.NeighborAddress)),
        UnaffiliatedEcho = instance.IsUnaffiliatedEcho ? ToEcho(instance.Session) : null,
    };

    /// <summary>Which neighbours may open sessions unasked.</summary>
    public static BfdUnsolicitedOptions ToOptions(this BfdUnsolicitedConfiguration unsolicited) => new()
    {
        Interfaces = [.. unsolicited.Interfaces],
        Prefixes = [.. unsolicited.Prefixes],
        MaximumSessions = unsolicited.MaxSessions,
        Session = unsolicited.Session.ToOptions(byte.MaxValue),
    };

    /// <summary>Who hears of a session.</summary>
    public static BfdPublication ToPublication(this BfdInstanceConfiguration instance) => new(
        instance.Name, (instance.ForVrrp ? RoleSet.Vrrp : RoleSet.None) | (instance.ForChecker ? RoleSet.Checker : RoleSet.None));

    /// <summary>The behaviour of a session.</summary>
    /// <param name="session">What the configuration says.</param>
    /// <param name="expectedHopLimit">The least TTL that neighbours are expected to send with where it says nothing.</param>
    public static BfdSessionOptions ToOptions(this BfdSessionConfiguration session, int expectedHopLimit) => new()
    {
        Role = session.IsPassive ? Bfd.BfdRole.Passive : Bfd.BfdRole.Active,
        DesiredMinTxInterval = session.MinTx,
        RequiredMinRxInterval = session.MinRx,
        SlowTxInterval = session.IdleTx,
        DetectMultiplier = session.Multiplier,
        MinimumHopLimit = (session.HopLimit ?? expectedHopLimit) - session.MaxHops,
        Authentication = session.Authentication is { } authentication ? ToKeyChain(authentication) : null,
        DemandMode = session.DemandMode,
        DemandPollInterval = session.DemandPollInterval,
        EchoTxInterval = session.EchoTx,
        EchoDetectMultiplier = session.EchoMultiplier,
        RequiredMinEchoRxInterval = session.MinEchoRx,
        RequiredMinRxIntervalWithEcho = session.MinRxWithEcho,
        IsControlPlaneIndependent = session.IsControlPlaneIndependent,
    };

    private static BfdEchoSessionOptions ToEcho(BfdSessionConfiguration session) => new()
    {
        TransmitInterval = session.MinTx,
        SlowTransmitInterval = session.IdleTx,
        DetectMultiplier = session.Multiplier,
    };

    private static BfdKeyChain ToKeyChain(BfdAuthenticationConfiguration authentication) => new(
        (byte)authentication.ActiveKey,
        [.. authentication.Keys.Select(static key => new BfdKey((byte)key.Id, ToType(key.Type), key.Key.Reveal()))]);

    private static WireAuthenticationType ToType(BfdAuthenticationType type) => type switch
    {
        BfdAuthenticationType.SimplePassword => WireAuthenticationType.SimplePassword,
        BfdAuthenticationType.KeyedMd5 => WireAuthenticationType.KeyedMd5,
        BfdAuthenticationType.MeticulousKeyedMd5 => WireAuthenticationType.MeticulousKeyedMd5,
        BfdAuthenticationType.KeyedSha1 => WireAuthenticationType.KeyedSha1,
        _ => WireAuthenticationType.MeticulousKeyedSha1,
    };
}
