namespace Keepalived.Netlink.Route;

/// <summary>A rule came or went.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Rule">The rule as it is now; when it is removed, as it was last.</param>
/// <param name="Previous">The rule as it was before it changed; null if it is new or removed.</param>
public sealed record RuleEvent(NetworkChange Change, Rule Rule, Rule? Previous = null) : NetworkEvent
{
    /// <summary>In words.</summary>
    public override string ToString() => $"rule {Change.ToString().ToLowerInvariant()}: {Rule}";
}
