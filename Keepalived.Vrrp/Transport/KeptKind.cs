namespace Keepalived.Vrrp.Transport;

/// <summary>What the kernel keeps for us, in the order in which it is set; it is removed in the opposite one.</summary>
internal enum KeptKind
{
    Address,
    Route,
    Rule,
}
