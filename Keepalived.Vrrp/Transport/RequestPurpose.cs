namespace Keepalived.Vrrp.Transport;

/// <summary>What a change of the kernel is for.</summary>
internal enum RequestPurpose
{
    /// <summary>A change of state or options.</summary>
    Change,

    /// <summary>Removing what an earlier run left, if it did: there is nothing wrong with an error.</summary>
    Cleaning,

    /// <summary>Putting back what somebody else deleted.</summary>
    Repair,
}
