using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Makes the records of <c>track_file</c> and <c>vrrp_track_process</c>, null if there can be none, which was reported; and of what tracks them.
/// </summary>
internal static class TrackedCompletion
{
    /// <summary>What the lists of a block name.</summary>
    public static TrackReferences References(BlockValues values, TrackKeywords keywords)
    {
        var references = new TrackReferences
        {
            Interfaces = values.Get(keywords.Interfaces).Freeze(),
            Scripts = values.Get(keywords.Scripts).Freeze(),
            Files = values.Get(keywords.Files).Freeze(),
            Processes = values.Get(keywords.Processes).Freeze(),
            Bfd = values.Get(keywords.Bfd).Freeze(),
            VirtualServers = values.Get(keywords.VirtualServers).Freeze(),
        };
        return references.IsEmpty ? TrackReferences.None : references;
    }

    public static TrackFileConfiguration? CompleteFile(BlockValues values)
    {
        if (values.Get(TrackFileKeywords.File) is not { } path)
            return null;
        var (weight, reverse) = values.Has(TrackFileKeywords.Weight) ? values.Get(TrackFileKeywords.Weight) : (1, false);
        var (value, overwrite) = values.Get(TrackFileKeywords.InitFile);
        return new TrackFileConfiguration
        {
            Name = values.Name,
            Path = path,
            Weight = weight,
            Reverse = reverse,
            InitialValue = values.Has(TrackFileKeywords.InitFile) ? value : null,
            Overwrite = overwrite,
            Position = values.Location,
        };
    }

    public static TrackProcessConfiguration? CompleteProcess(BindContext context, BlockValues values)
    {
        if (values.Get(TrackProcessKeywords.Process) is not [var command, .. var parameters])
            return null;
        var (weight, reverse) = values.Get(TrackProcessKeywords.Weight);
        var (quorum, max) = Quorum(context, values);
        var delay = values.Get(TrackProcessKeywords.Delay);
        var match = values.Get(TrackProcessKeywords.ParamMatch) switch
        {
            "partial" => ParameterMatch.Partial,
            "initial" => ParameterMatch.Initial,
            "exact" => ParameterMatch.Exact,
            _ => parameters.Length > 0 ? ParameterMatch.Exact : ParameterMatch.None,
        };
        return new TrackProcessConfiguration
        {
            Name = values.Name,
            Command = command,
            Position = values.Location,
            Parameters = EquatableArray.From(parameters),
            Match = match,
            FullCommand = values.Get(TrackProcessKeywords.FullCommand) || match != ParameterMatch.None,
            Weight = weight,
            Reverse = reverse,
            Quorum = quorum,
            QuorumMax = max,
            TerminateDelay = values.Has(TrackProcessKeywords.TerminateDelay) ? values.Get(TrackProcessKeywords.TerminateDelay) : delay,
            ForkDelay = values.Has(TrackProcessKeywords.ForkDelay) ? values.Get(TrackProcessKeywords.ForkDelay) : delay,
        };
    }

    private static (int Quorum, int Max) Quorum(BindContext context, BlockValues values)
    {
        var quorum = values.Has(TrackProcessKeywords.Quorum) ? values.Get(TrackProcessKeywords.Quorum) : 1;
        if (!values.Has(TrackProcessKeywords.QuorumMax))
            return (quorum, TrackProcessConfiguration.Unlimited);
        var max = values.Get(TrackProcessKeywords.QuorumMax);
        // No process at all: it must not run.
        if (max == 0)
            return (0, 0);
        if (quorum <= max)
            return (quorum, max);
        // What was said first stays.
        var isMaxLater = IsAfter(values.LocationOf(TrackProcessKeywords.QuorumMax), values.LocationOf(TrackProcessKeywords.Quorum));
        context.Error(values.LocationOf(isMaxLater ? TrackProcessKeywords.QuorumMax : TrackProcessKeywords.Quorum), DiagnosticCodes.Conflict,
            $"vrrp_track_process {values.Name}: quorum {quorum} is more than quorum_max {max}; the second of them is ignored");
        return isMaxLater ? (quorum, TrackProcessConfiguration.Unlimited) : (1, max);
    }

    private static bool IsAfter(SourceLocation one, SourceLocation other) =>
        one.File != other.File || (one.Line, one.Column).CompareTo((other.Line, other.Column)) > 0;
}
