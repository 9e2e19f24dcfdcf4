namespace Keepalived.Vrrp;

/// <summary>What keeps a router from taking part.</summary>
public enum VrrpFaultReason
{
    /// <summary>Its interface, or another one that it depends on, is down or missing.</summary>
    InterfaceDown,

    /// <summary>The interface beneath its virtual MAC interface is down or missing.</summary>
    BaseInterfaceDown,

    /// <summary>Another router with the same VRID appeared on the interface.</summary>
    DuplicateVirtualRouterId,

    /// <summary>There is no address to send from, or it could not be bound.</summary>
    NoSourceAddress,

    /// <summary>A tracked object without weight failed.</summary>
    Tracker,

    /// <summary>The configuration cannot work; only new options clear it.</summary>
    Configuration,
}
