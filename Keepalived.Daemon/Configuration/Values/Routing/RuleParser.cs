using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>One policy rule. Options come in any order; exactly one of them says what the rule does.</summary>
internal sealed partial class RuleParser(EntryCursor cursor, bool isStatic)
{
    private AddressFamily _family;
    private Rule _rule = new() { Family = AddressFamily.InterNetwork, Protocol = RouteProtocol.Keepalived };
    private bool _hasAction;
    private bool _hasProtocol;
    private bool _noTrack;
    private string? _trackGroup;

    /// <summary>Reads the line to its end.</summary>
    public bool TryParse([NotNullWhen(true)] out RuleConfiguration? rule)
    {
        rule = null;
        while (cursor.Read())
        {
            if (!TryReadOption(cursor.Word))
                return false;
        }

        if (!TryComplete())
            return false;
        rule = new RuleConfiguration { Rule = new VirtualRule(_rule) { Rule = _rule, Track = !_noTrack }, TrackGroup = _trackGroup };
        return true;
    }

    private bool TryReadOption(string word)
    {
        switch (word)
        {
            case "inet":
                return TrySetFamily(AddressFamily.InterNetwork);
            case "inet6":
                return TrySetFamily(AddressFamily.InterNetworkV6);
            case "not":
                return Set(_rule with { IsInverted = true });
            case "from":
                return TryReadPrefix(out var prefix) && Set(_rule with { Source = prefix });
            case "to":
                return TryReadPrefix(out prefix) && Set(_rule with { Destination = prefix });
            case "iif" or "dev":
                return cursor.ReadInterface(out var name) && Set(_rule with { InputInterface = name });
            case "oif":
                return cursor.ReadInterface(out name) && Set(_rule with { OutputInterface = name });
            case "no_track":
                return _noTrack = true;
            case "track_group" when isStatic:
                if (!cursor.ReadValue())
                    return false;
                _trackGroup = cursor.Word;
                return true;
            default:
                return TryReadAction(word, out var isAction) && (isAction || TryReadMatch(word));
        }
    }

    private bool TryReadAction(string word, out bool isAction)
    {
        isAction = true;
        switch (word)
        {
            case "type":
                return cursor.ReadValue() && TryReadAction(cursor.Word, out isAction)
                    && (isAction || cursor.Fail($"'{cursor.Word}' is no type of a rule", "blackhole, unreachable, prohibit or nop"));
            case "table" or "lookup":
                if (!cursor.ReadName("routing table", cursor.Names.Tables, uint.MaxValue, out var table))
                    return false;
                return table == 0 ? cursor.Fail("table 0 cannot be looked up") : TrySetAction(_rule with { Table = table });
            case "l3mdev":
                return TrySetAction(_rule with { UseLayer3MasterDevice = true, Table = RouteTable.Unspecified });
            case "blackhole":
                return TrySetAction(_rule with { Action = RuleAction.Blackhole });
            case "unreachable":
                return TrySetAction(_rule with { Action = RuleAction.Unreachable });
            case "prohibit":
                return TrySetAction(_rule with { Action = RuleAction.Prohibit });
            case "nop":
                return TrySetAction(_rule with { Action = RuleAction.Nop });
            case "goto":
                return cursor.ReadAnyBase("preference", uint.MaxValue, out var target)
                    && TrySetAction(_rule with { Action = RuleAction.Goto, Goto = target });
            default:
                isAction = false;
                return true;
        }
    }

    private bool TryReadPrefix(out InetPrefix? prefix)
    {
        prefix = null;
        if (!cursor.ReadValue())
            return false;
        if (cursor.Word is "default" or "any" or "all")
            return true;
        if (!cursor.TryGetPrefix(out var parsed))
            return cursor.Fail($"'{cursor.Word}' is no prefix", "IP[/LENGTH] or default");
        prefix = parsed;
        return TrySetFamily(parsed.Address.Family);
    }

    private bool TrySetAction(Rule rule)
    {
        if (_hasAction)
            return cursor.Fail("a rule does one thing only: table, l3mdev, goto, blackhole, unreachable, prohibit or nop");
        _hasAction = true;
        return Set(rule);
    }

    private bool TrySetFamily(AddressFamily family)
    {
        if (_family != AddressFamily.Unspecified && _family != family)
            return cursor.Fail($"an {EntryCursor.FamilyName(_family)} rule cannot have the {EntryCursor.FamilyName(family)} word '{cursor.Word}'");
        _family = family;
        return Set(_rule with { Family = family });
    }

    private bool TryComplete()
    {
        var isTable = _rule.Action == RuleAction.Table;
        if (!_hasAction)
            return cursor.Fail("a rule needs something to do", "table, l3mdev, goto, blackhole, unreachable, prohibit or nop");
        if (!isTable && (_rule.SuppressPrefixLength is not null || _rule.SuppressInterfaceGroup is not null || _rule.Realms != 0))
            return cursor.Fail("suppress_prefixlength, suppress_ifgroup and realms go with table only");
        if (_rule is { Family: AddressFamily.InterNetworkV6, Realms: not 0 })
            return cursor.Fail("realms are for IPv4");
        if (_rule.Action == RuleAction.Goto && _rule.Priority is null)
            return cursor.Fail("goto needs a preference", "preference N, lower than that of goto");
        if (_rule.Action == RuleAction.Goto && _rule.Priority >= _rule.Goto)
            return cursor.Fail($"the preference {_rule.Priority} must be lower than that of goto, {_rule.Goto}");
        if (_hasProtocol && !_noTrack && _rule.Protocol != RouteProtocol.Keepalived)
        {
            cursor.Complain("a tracked rule has the protocol keepalived (18), which is used", "no_track, to set another protocol");
            _rule = _rule with { Protocol = RouteProtocol.Keepalived };
        }

        if (_trackGroup is not null && _rule.InputInterface is null)
        {
            cursor.Complain("track_group needs iif; it is ignored");
            _trackGroup = null;
        }

        if (_rule.Priority is not null)
            return true;
        var preference = cursor.Entry.Context.NextRulePreference(_rule.Family);
        cursor.Entry.Adjusted(0, $"the rule has no preference; {preference} is used, which is probably not what is wanted");
        return Set(_rule with { Priority = preference });
    }

    private bool Set(Rule rule)
    {
        _rule = rule;
        return true;
    }
}
