using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.BfdKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the records of <c>bfd_instance</c> blocks. One that cannot be is reported and left out.</summary>
internal sealed class BfdCompletion(BindContext context)
{
    private const byte HopLimitOfIPv6 = 64;
    private readonly Dictionary<(InetAddress Neighbor, bool Multihop), List<InetAddress>> _sessions = [];
    private readonly List<BfdInstanceConfiguration> _instances = [];

    /// <summary>The sessions so far, in the order of the file.</summary>
    public EquatableArray<BfdInstanceConfiguration> Instances => EquatableArray.From(_instances);

    /// <summary>Takes a block.</summary>
    public void Add(BlockValues values)
    {
        var (neighbor, source) = (values.Get(NeighborIp), values.Get(SourceIp));
        if (neighbor.IsNone)
        {
            context.Error(values.Location, DiagnosticCodes.MissingKeyword,
                $"bfd_instance {values.Name} has no neighbor_ip; it is left out", $"neighbor_ip {NeighborIp.Parameters}");
            return;
        }

        var hopLimit = values.Has(Ttl) ? (byte)values.Get(Ttl) : neighbor.IsIPv6 ? HopLimitOfIPv6 : byte.MaxValue;
        var maxHops = values.Get(MaxHops);
        if (values.Has(Ttl) && maxHops > hopLimit)
        {
            context.Error(values.LocationOf(MaxHops), DiagnosticCodes.Conflict,
                $"bfd_instance {values.Name}: max_hops is more than the TTL, {hopLimit}, which is used");
            maxHops = hopLimit;
        }

        var isMatched = source.IsNone || source.Family == neighbor.Family;
        if (!isMatched)
            context.Error(values.LocationOf(SourceIp), DiagnosticCodes.Conflict,
                $"bfd_instance {values.Name}: source and neighbour are of different families; it is left out");
        if (!IsNew(neighbor, source, values) || !isMatched)
            return;
        var (weight, reverse) = values.Get(Weight);
        var (vrrp, checker) = (values.Get(Keywords.BfdKeywords.Vrrp), values.Get(Keywords.BfdKeywords.Checker));
        _instances.Add(new BfdInstanceConfiguration
        {
            Name = values.Name,
            NeighborAddress = neighbor,
            SourceAddress = source.IsNone ? null : source,
            MinRx = values.Get(MinRx),
            MinTx = values.Get(MinTx),
            IdleTx = values.Get(IdleTx),
            Multiplier = (byte)values.Get(Multiplier),
            IsPassive = values.Get(Passive),
            HopLimit = hopLimit,
            HasHopLimit = values.Has(Ttl),
            MaxHops = maxHops is -1 or byte.MaxValue ? null : (byte)Math.Min(maxHops, hopLimit),
            IsMultihop = values.Get(Multihop),
            Weight = weight,
            Reverse = reverse,
            ForVrrp = vrrp || !checker,
            ForChecker = checker || !vrrp,
            Position = values.Location,
        });
    }

    private bool IsNew(InetAddress neighbor, InetAddress source, BlockValues values)
    {
        var key = (neighbor, values.Get(Multihop));
        if (!_sessions.TryGetValue(key, out var sources))
            _sessions.Add(key, sources = []);
        var isNew = !sources.Exists(other => other.IsNone || source.IsNone || other == source);
        if (!isNew)
            context.Error(values.Location, DiagnosticCodes.Duplicate,
                $"bfd_instance {values.Name}: there is a session with {neighbor} already; it is left out");
        sources.Add(source);
        return isNew;
    }
}
