namespace Keepalived.Netlink.Route;

/// <summary>An address came, changed or went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Address">The address as it is now; when it is removed, as it was last.</param>
/// <param name="Previous">The address as it was before it changed; null if it is new or removed.</param>
public sealed record AddressEvent(NetworkChange Change, Address Address, Address? Previous = null) : NetworkEvent
{
    /// <summary>In words.</summary>
    public override string ToString() => $"address {Change.ToString().ToLowerInvariant()}: {Address}";
}
