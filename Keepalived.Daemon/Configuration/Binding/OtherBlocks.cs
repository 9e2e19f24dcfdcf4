using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules between keywords of blocks that do not have a record yet.</summary>
internal static class OtherBlocks
{
    public static void Check(BindContext context, Keyword keyword, BlockValues values)
    {
        if (keyword == RootKeywords.VrrpTrackProcess)
            Require(context, values, TrackProcessKeywords.Process);
        else if (keyword == RootKeywords.TrackFile || keyword == RootKeywords.VrrpTrackFile)
            Require(context, values, TrackFileKeywords.File);
        else if (keyword == RootKeywords.GarpGroup && !values.Has(StaticKeywords.GarpInterval) && !values.Has(StaticKeywords.GnaInterval))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, "garp_group has no interval; it is left out", "garp_interval or gna_interval");
        else if (keyword == RootKeywords.BfdInstance)
            CheckBfd(context, values);
        else if (keyword == RootKeywords.VirtualServer)
            VirtualServerCompletion.Check(context, values);
    }

    private static void Require(BindContext context, BlockValues values, Keyword needed)
    {
        if (!values.Has(needed))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, $"{values.Block} {values.Name} has no {needed.Name}; it is left out", $"{needed.Name} {needed.Parameters}");
    }

    private static void CheckBfd(BindContext context, BlockValues values)
    {
        var neighbor = values.Has(BfdKeywords.NeighborIp) ? values.Get(BfdKeywords.NeighborIp) : values.Get(BfdKeywords.NeighbourIp);
        if (neighbor.IsNone)
            Require(context, values, BfdKeywords.NeighborIp);
        else if (values.Has(BfdKeywords.SourceIp) && values.Get(BfdKeywords.SourceIp).Family != neighbor.Family)
            context.Error(values.LocationOf(BfdKeywords.SourceIp), DiagnosticCodes.Conflict, $"bfd_instance {values.Name}: source and neighbour are of different families; it is left out");
    }
}
