using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules between keywords of blocks that do not have a record yet.</summary>
internal sealed class OtherBlocks(BindContext context)
{
    private readonly HashSet<string> _paced = [];

    public void Check(Keyword keyword, BlockValues values)
    {
        if (keyword == RootKeywords.VrrpTrackProcess)
            CheckTrackProcess(values);
        else if (keyword == RootKeywords.TrackGroup && values.Get(StaticKeywords.Members) is { Count: 0 })
            context.Error(values.Location, DiagnosticCodes.EmptyBlock, $"track_group {values.Name} has no members; it is left out");
        else if (keyword == RootKeywords.TrackFile || keyword == RootKeywords.VrrpTrackFile)
            Require(values, TrackFileKeywords.File);
        else if (keyword == RootKeywords.GarpGroup)
            CheckGarpGroup(values);
    }

    private void Require(BlockValues values, Keyword needed)
    {
        if (!values.Has(needed))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword,
                $"{values.Block} {values.Name} has no {needed.Name}; it is left out", $"{needed.Name} {needed.Parameters}");
    }

    private void CheckTrackProcess(BlockValues values)
    {
        Require(values, TrackProcessKeywords.Process);
        if (values.Has(TrackProcessKeywords.Quorum) && values.Has(TrackProcessKeywords.QuorumMax)
            && values.Get(TrackProcessKeywords.Quorum) > values.Get(TrackProcessKeywords.QuorumMax))
            context.Error(values.LocationOf(TrackProcessKeywords.QuorumMax), DiagnosticCodes.Conflict,
                $"vrrp_track_process {values.Name}: the quorum is more than quorum_max");
    }

    private void CheckGarpGroup(BlockValues values)
    {
        if (!values.Has(StaticKeywords.GarpInterval) && !values.Has(StaticKeywords.GnaInterval))
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, "garp_group has no interval; it is left out",
                "garp_interval or gna_interval");
        if (values.Get(StaticKeywords.Interface) is { } name)
            CheckPaced(name, values.LocationOf(StaticKeywords.Interface));
        if (values.Get(StaticKeywords.Interfaces) is not { } names)
            return;
        var place = values.LocationOf(StaticKeywords.Interfaces);
        if (names.Count == 0)
            context.Error(place, DiagnosticCodes.EmptyBlock, "garp_group: interfaces has no entries");
        foreach (var other in names)
            CheckPaced(other, place);
    }

    private void CheckPaced(string name, SourceLocation place)
    {
        context.RequireInterface(place, name, "garp_group");
        if (!_paced.Add(name))
            context.Error(place, DiagnosticCodes.Duplicate, $"garp_group: {name} is in one already");
    }
}
