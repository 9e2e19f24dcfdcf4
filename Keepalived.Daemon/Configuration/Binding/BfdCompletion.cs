using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the records of BFD blocks. What cannot run is reported and left out.</summary>
/// <param name="context">Where to report.</param>
/// <param name="profiles">The <c>bfd_profile</c> blocks by name, wherever they stand.</param>
internal sealed class BfdCompletion(BindContext context, IReadOnlyDictionary<string, BlockValues> profiles)
{
    private readonly BfdSessionCompletion _sessions = new(context);
    private readonly List<BfdInstanceConfiguration> _instances = [];

    /// <summary>The session of a <c>bfd_instance</c>, or null.</summary>
    public BfdInstanceConfiguration? Complete(BlockValues values)
    {
        var neighbor = values.Get(BfdKeywords.NeighborIp);
        if (neighbor.IsNone)
        {
            if (!values.Has(BfdKeywords.NeighborIp))
                context.Error(values.Location, DiagnosticCodes.MissingKeyword,
                    $"{values.Block} {values.Name} has no {BfdKeywords.NeighborIp.Name}; it is left out",
                    $"{BfdKeywords.NeighborIp.Name} {BfdKeywords.NeighborIp.Parameters}");
            return null;
        }

        var who = $"bfd_instance {values.Name}";
        var source = values.Get(BfdKeywords.SourceIp);
        var profile = FindProfile(values, BfdKeywords.Profile, who);
        if (_sessions.Complete(values, BfdKeywords.Session, profile, BfdSessionConfiguration.ExpectedHopLimit(neighbor), who) is not { } session)
            return null;
        if (!source.IsNone && source.Family != neighbor.Family)
        {
            context.Error(values.LocationOf(BfdKeywords.SourceIp), DiagnosticCodes.Conflict,
                $"{who}: source and neighbour are of different families; it is left out");
            return null;
        }

        var (weight, reverse) = values.Get(BfdKeywords.Weight);
        var (vrrp, checker) = (values.Get(BfdKeywords.Vrrp), values.Get(BfdKeywords.Checker));
        var instance = new BfdInstanceConfiguration
        {
            Name = values.Name,
            NeighborAddress = neighbor,
            SourceAddress = source.IsNone || source.IsAny ? null : source,
            Interface = values.Get(BfdKeywords.Interface),
            Vrf = values.Get(BfdKeywords.Vrf),
            IsMultihop = values.Get(BfdKeywords.Multihop),
            IsPointToPoint = values.Get(BfdKeywords.PointToPoint),
            IsUnaffiliatedEcho = values.Get(BfdKeywords.UnaffiliatedEcho),
            IsAdminDown = values.Get(BfdKeywords.AdminDown),
            Session = session,
            Weight = weight,
            Reverse = reverse,
            ForVrrp = vrrp || !checker,
            ForChecker = checker || !vrrp,
            Position = values.Location,
        };
        if (!CanRun(values, instance, who))
            return null;
        _instances.Add(instance);
        return instance;
    }

    /// <summary>The policy of <c>bfd_unsolicited</c>, or null.</summary>
    public BfdUnsolicitedConfiguration? CompleteUnsolicited(BlockValues values)
    {
        const string who = "bfd_unsolicited";
        var profile = FindProfile(values, BfdUnsolicitedKeywords.Profile, who);
        if (_sessions.Complete(values, BfdUnsolicitedKeywords.Session, profile, byte.MaxValue, who) is not { } session)
            return null;
        if (values.Get(BfdUnsolicitedKeywords.Interfaces) is not { Count: > 0 } interfaces)
        {
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, $"{who} has no interfaces; it is left out",
                "interfaces { INTERFACE ... }");
            return null;
        }

        return new BfdUnsolicitedConfiguration
        {
            Interfaces = EquatableArray.From(interfaces),
            Prefixes = EquatableArray.From(values.Get(BfdUnsolicitedKeywords.Prefixes) ?? []),
            MaxSessions = values.Get(BfdUnsolicitedKeywords.MaxSessions),
            Session = session with { IsPassive = true },
        };
    }

    private bool CanRun(BlockValues values, BfdInstanceConfiguration instance, string who)
    {
        var session = instance.Session;
        if (_instances.Exists(other => Overlap(instance, other)))
            return Refuse(values.Location, DiagnosticCodes.Duplicate, $"there is a session with {instance.NeighborAddress} already");
        if (instance.IsMultihop && (session.EchoTx > TimeSpan.Zero || session.MinEchoRx > TimeSpan.Zero || instance.IsUnaffiliatedEcho))
            return Refuse(values.LocationOf(BfdKeywords.Multihop), DiagnosticCodes.Conflict, "there is no echo over several hops");
        if (instance.Interface is null && (session.EchoTx > TimeSpan.Zero || session.MinEchoRx > TimeSpan.Zero))
            return Refuse(values.Location, DiagnosticCodes.MissingKeyword, "echo needs the interface that leads to the neighbour");
        if (instance.IsUnaffiliatedEcho && (instance.Interface is null || instance.SourceAddress is null))
            return Refuse(values.Location, DiagnosticCodes.MissingKeyword,
                "unaffiliated_echo needs interface and source_ip: the neighbour returns the packets to it");
        if (instance.IsPointToPoint && (instance.IsMultihop || instance.Interface is null))
            return Refuse(values.LocationOf(BfdKeywords.PointToPoint), DiagnosticCodes.Conflict,
                "a point-to-point link is a single hop over an interface");
        if (instance.IsUnaffiliatedEcho && WhyNotUnaffiliated(session) is { } why)
            return Refuse(values.LocationOf(BfdKeywords.UnaffiliatedEcho), DiagnosticCodes.Conflict,
                $"unaffiliated_echo exchanges nothing with the neighbour's BFD, so there is no {why}");
        if (WhyNever(instance) is not { } never)
            return true;
        context.Remark(values.Location, DiagnosticCodes.Conflict, $"{who}: {never}; it is left out");
        return false;

        bool Refuse(SourceLocation place, DiagnosticCode code, string reason)
        {
            context.Error(place, code, $"{who}: {reason}; it is left out");
            return false;
        }
    }

    /// <summary>The original starts with such a session, and never brings it up.</summary>
    private static string? WhyNever(BfdInstanceConfiguration instance)
    {
        if (instance is { NeighborAddress: { IsIPv6: true, IsLinkLocal: true } address, Interface: null })
            return $"the link-local neighbour {address} needs an interface";
        if (instance.NeighborAddress.IsAny || instance.NeighborAddress.IsMulticast)
            return $"{instance.NeighborAddress} is no neighbour's address";
        return instance.SourceAddress is { IsMulticast: true } source ? $"{source} is no source address" : null;
    }

    private static string? WhyNotUnaffiliated(BfdSessionConfiguration session) =>
        session.Authentication is not null ? "authentication"
        : session.DemandMode ? "demand_mode"
        : session.IsPassive ? "passive role"
        : session.EchoTx > TimeSpan.Zero ? "echo_tx: min_tx is its rate"
        : session.MinEchoRx > TimeSpan.Zero ? "min_echo_rx"
        : null;

    /// <summary>Whether a first packet could belong to either.</summary>
    private static bool Overlap(BfdInstanceConfiguration one, BfdInstanceConfiguration other) =>
        one.NeighborAddress == other.NeighborAddress && one.IsMultihop == other.IsMultihop && one.Vrf == other.Vrf
        && (one.SourceAddress is null || other.SourceAddress is null || one.SourceAddress == other.SourceAddress)
        && (one.Interface is null || other.Interface is null || one.Interface == other.Interface);

    private BlockValues? FindProfile(BlockValues values, Keyword<string> keyword, string who)
    {
        if (values.Get(keyword) is not { } name)
            return null;
        if (profiles.TryGetValue(name, out var profile))
            return profile;
        context.Error(values.LocationOf(keyword), DiagnosticCodes.UnknownName, $"{who}: there is no bfd_profile {name}; it is ignored",
            "the name of a bfd_profile");
        return null;
    }
}
