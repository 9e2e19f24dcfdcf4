using System.Collections.Immutable;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// Interfaces that share a pace of announcements (garp_group), in place of the intervals of the routers there. Virtual MAC interfaces go
/// with the interface that they are built on. Immutable.
/// </summary>
public sealed record AnnouncementGroup
{
    /// <summary>The interfaces; each in one group at most.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>The least time between two gratuitous ARPs; zero: no limit (garp_interval).</summary>
    public TimeSpan ArpInterval { get; init; }

    /// <summary>The least time between two neighbour advertisements; zero: no limit (gna_interval).</summary>
    public TimeSpan NeighborAdvertisementInterval { get; init; }

    /// <summary>Compares all members, lists by their elements.</summary>
    public bool Equals(AnnouncementGroup? other) => other is not null
        && (ArpInterval, NeighborAdvertisementInterval) == (other.ArpInterval, other.NeighborAdvertisementInterval)
        && Interfaces.AsSpan().SequenceEqual(other.Interfaces.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ArpInterval, NeighborAdvertisementInterval, Interfaces.Length);
}
