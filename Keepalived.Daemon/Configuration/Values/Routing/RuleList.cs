using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>Policy rules with options, in the words of <c>ip rule</c>.</summary>
internal sealed class RuleList(string name, bool isStatic = false) : ListSyntax<RuleConfiguration>(name)
{
    public override string Description => "{ [inet|inet6] [not] [from PREFIX] [to PREFIX] [iif INTERFACE] [fwmark MARK[/MASK]] ... "
        + "table TABLE|blackhole|unreachable|prohibit|nop|goto N [preference N] [no_track]" + (isStatic ? " [track_group NAME]" : string.Empty) + " ... }";

    protected override void ReadEntry(ValueReader entry, List<RuleConfiguration> list)
    {
        if (new RuleParser(new EntryCursor(entry, "rule", entry.Context.Names), isStatic).TryParse(out var rule))
            list.Add(rule with { Position = entry.Statement.Location });
    }
}
