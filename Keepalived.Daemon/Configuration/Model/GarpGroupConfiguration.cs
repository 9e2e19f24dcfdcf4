namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>garp_group</c>: interfaces that share a pace of gratuitous ARP and neighbour advertisements.</summary>
public sealed record GarpGroupConfiguration
{
    /// <summary><c>garp_interval</c>: the least time between two gratuitous ARPs; null: not paced.</summary>
    public TimeSpan? GarpInterval { get; init; }

    /// <summary><c>gna_interval</c>: the least time between two neighbour advertisements; null: not paced.</summary>
    public TimeSpan? GnaInterval { get; init; }

    /// <summary><c>interface</c> and <c>interfaces</c>.</summary>
    public EquatableArray<string> Interfaces { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
