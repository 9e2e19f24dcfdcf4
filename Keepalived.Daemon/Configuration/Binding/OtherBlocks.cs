using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules between keywords of blocks that do not have a record yet.</summary>
internal sealed class OtherBlocks(BindContext context)
{
    private readonly Dictionary<(InetAddress Neighbor, bool Multihop), List<InetAddress>> _sessions = [];

    public void Check(Keyword keyword, BlockValues values)
    {
        if (keyword == RootKeywords.VrrpTrackProcess)
            Require(values, TrackProcessKeywords.Process);
        else if (keyword == RootKeywords.TrackFile || keyword == RootKeywords.VrrpTrackFile)
            Require(values, TrackFileKeywords.File);
        else if (keyword == RootKeywords.GarpGroup)
            CheckGarpGroup(values);
        else if (keyword == RootKeywords.BfdInstance)
            CheckBfd(values);
        else if (keyword == RootKeywords.VirtualServer)
            VirtualServerCompletion.Check(context, values);
    }

    private void Require(BlockValues values, Keyword needed)
    {
        if (!values.Has(needed))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword,
                $"{values.Block} {values.Name} has no {needed.Name}; it is left out", $"{needed.Name} {needed.Parameters}");
    }

    private void CheckGarpGroup(BlockValues values)
    {
        if (!values.Has(StaticKeywords.GarpInterval) && !values.Has(StaticKeywords.GnaInterval))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, "garp_group has no interval; it is left out",
                "garp_interval or gna_interval");
        if (values.Get(StaticKeywords.Interface) is { } name)
            context.RequireInterface(values.LocationOf(StaticKeywords.Interface), name, "garp_group");
        foreach (var other in values.Get(StaticKeywords.Interfaces) ?? [])
            context.RequireInterface(values.LocationOf(StaticKeywords.Interfaces), other, "garp_group");
    }

    private void CheckBfd(BlockValues values)
    {
        var neighbor = values.Has(BfdKeywords.NeighborIp) ? values.Get(BfdKeywords.NeighborIp) : values.Get(BfdKeywords.NeighbourIp);
        var source = values.Get(BfdKeywords.SourceIp);
        if (neighbor.IsNone)
        {
            Require(values, BfdKeywords.NeighborIp);
            return;
        }

        if (!source.IsNone && source.Family != neighbor.Family)
            context.Error(values.LocationOf(BfdKeywords.SourceIp), DiagnosticCodes.Conflict,
                $"bfd_instance {values.Name}: source and neighbour are of different families; it is left out");
        var key = (neighbor, values.Get(BfdKeywords.Multihop));
        if (!_sessions.TryGetValue(key, out var sources))
            _sessions.Add(key, sources = []);
        if (sources.Exists(other => other.IsNone || source.IsNone || other == source))
            context.Error(values.Location, DiagnosticCodes.Duplicate,
                $"bfd_instance {values.Name}: there is a session with {neighbor} already; it is left out");
        sources.Add(source);
    }
}
