namespace Keepalived.Netlink.Route;

/// <summary>A link came, changed or went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Link">The link as it is now; when it is removed, as it was last.</param>
/// <param name="Previous">The link as it was before it changed; null if it is new or removed.</param>
public sealed record LinkEvent(NetworkChange Change, Link Link, Link? Previous = null) : NetworkEvent
{
    /// <summary>In words.</summary>
    public override string ToString() => $"link {Change.ToString().ToLowerInvariant()}: {Link}";
}
