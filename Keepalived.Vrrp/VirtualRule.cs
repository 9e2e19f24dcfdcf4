using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>
/// A policy routing rule that a virtual router brings while it is master, or that stands as long as the engine runs
/// (<see cref="StaticNetwork"/>).
/// </summary>
public sealed record VirtualRule
{
    /// <summary>A rule with all that the kernel can do.</summary>
    public VirtualRule(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Rule = rule.Protocol == RouteProtocol.Unspecified ? rule with { Protocol = RouteProtocol.Keepalived } : rule;
    }

    /// <summary>The rule. It has a priority; its protocol is "keepalived" (18) unless one is given.</summary>
    public Rule Rule { get; init; }

    /// <summary>Whether its interface going down, or somebody else deleting it, concerns the virtual router.</summary>
    public bool Track { get; init; } = true;

    /// <summary>A rule by which packets from these sources look in a table.</summary>
    public static VirtualRule From(InetPrefix source, uint table, uint priority) =>
        new(new Rule { Family = source.Address.Family, Source = source, Table = table, Priority = priority });

    /// <summary>Says what is wrong with this rule, or <see langword="null"/>.</summary>
    internal string? FindError()
    {
        if (Rule.Priority is null)
            return $"The virtual rule '{Rule}' needs a priority.";
        if (Rule.Action == RuleAction.Goto && Rule.Goto <= Rule.Priority)
            return $"The virtual rule '{Rule}' must go to one of a higher priority number.";
        if ((Rule.Source is { } source && source.Address.Family != Rule.Family)
            || (Rule.Destination is { } destination && destination.Address.Family != Rule.Family))
        {
            return $"The prefixes of the virtual rule '{Rule}' are of another family.";
        }

        return InterfaceName.Check(Rule.InputInterface) ?? InterfaceName.Check(Rule.OutputInterface);
    }

    /// <inheritdoc/>
    public override string ToString() => Rule.ToString();
}
