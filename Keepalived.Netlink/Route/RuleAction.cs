namespace Keepalived.Netlink.Route;

/// <summary>What a rule does with a packet that it matches (FR_ACT_* of linux/fib_rules.h).</summary>
public enum RuleAction : byte
{
    /// <summary>Not said; when a rule is deleted: whatever its action.</summary>
    Unspecified = 0,

    /// <summary>Looks a route up in a table.</summary>
    Table = 1,

    /// <summary>Goes on at another rule.</summary>
    Goto = 2,

    /// <summary>Goes on at the next rule.</summary>
    Nop = 3,

    /// <summary>Drops.</summary>
    Blackhole = 6,

    /// <summary>Refuses: network unreachable.</summary>
    Unreachable = 7,

    /// <summary>Refuses: administratively prohibited.</summary>
    Prohibit = 8,
}
