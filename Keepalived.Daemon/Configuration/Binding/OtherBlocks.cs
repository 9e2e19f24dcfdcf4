using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules between keywords of the smaller blocks.</summary>
internal sealed class OtherBlocks(BindContext context)
{
    private readonly HashSet<string> _paced = [];
    private readonly List<GarpGroupConfiguration> _garpGroups = [];

    /// <summary>The groups of interfaces that share a pace.</summary>
    public EquatableArray<GarpGroupConfiguration> GarpGroups => EquatableArray.From(_garpGroups);

    public void Check(Keyword keyword, BlockValues values)
    {
        if (keyword == RootKeywords.VrrpTrackProcess)
            CheckTrackProcess(values);
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
        var hasInterval = values.Has(StaticKeywords.GarpInterval) || values.Has(StaticKeywords.GnaInterval);
        if (!hasInterval)
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, "garp_group has no interval; it is left out",
                "garp_interval or gna_interval");
        List<string> members = [];
        if (values.Get(StaticKeywords.Interface) is { } name)
            AddPaced(name, values.LocationOf(StaticKeywords.Interface), members);
        if (values.Get(StaticKeywords.Interfaces) is { } names)
        {
            var place = values.LocationOf(StaticKeywords.Interfaces);
            if (names.Count == 0)
                context.Error(place, DiagnosticCodes.EmptyBlock, "garp_group: interfaces has no entries");
            foreach (var other in names)
                AddPaced(other, place, members);
        }

        if (hasInterval && members.Count > 0)
            _garpGroups.Add(new GarpGroupConfiguration
            {
                GarpInterval = values.Find(StaticKeywords.GarpInterval),
                GnaInterval = values.Find(StaticKeywords.GnaInterval),
                Interfaces = EquatableArray.From(members),
                Position = values.Location,
            });
    }

    private void AddPaced(string name, SourceLocation place, List<string> members)
    {
        context.RequireInterface(place, name, "garp_group");
        if (_paced.Add(name))
            members.Add(name);
        else
            context.Error(place, DiagnosticCodes.Duplicate, $"garp_group: {name} is in one already");
    }
}
