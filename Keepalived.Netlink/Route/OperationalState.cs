namespace Keepalived.Netlink.Route;

/// <summary>The state of a link by RFC 2863 (IF_OPER_* of linux/if.h).</summary>
public enum OperationalState : byte
{
    /// <summary>The driver does not say; as good as up.</summary>
    Unknown,

    /// <summary>Hardware is missing.</summary>
    NotPresent,

    /// <summary>Down: no carrier, or administratively down.</summary>
    Down,

    /// <summary>A link below it is down.</summary>
    LowerLayerDown,

    /// <summary>Under test.</summary>
    Testing,

    /// <summary>It waits for an external event, such as authentication.</summary>
    Dormant,

    /// <summary>Ready for packets.</summary>
    Up,
}
