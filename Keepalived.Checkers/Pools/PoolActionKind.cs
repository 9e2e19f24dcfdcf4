namespace Keepalived.Checkers.Pools;

/// <summary>What a <see cref="ServerPool"/> asks for: changes of the balancer's table, and things to be told.</summary>
public enum PoolActionKind
{
    /// <summary>Put the server into the table, with <see cref="PoolAction.Weight"/>.</summary>
    AddDestination,

    /// <summary>Take the server out of the table.</summary>
    RemoveDestination,

    /// <summary>The server is in the table: give it <see cref="PoolAction.Weight"/>.</summary>
    SetWeight,

    /// <summary>Tell that the server is up.</summary>
    ServerUp,

    /// <summary>Tell that the server is down.</summary>
    ServerDown,

    /// <summary>Tell that the pool has a quorum; <see cref="PoolAction.Weight"/> is the weight of all servers that are alive.</summary>
    QuorumGained,

    /// <summary>Tell that the pool has no quorum; <see cref="PoolAction.Weight"/> is the weight of all servers that are alive.</summary>
    QuorumLost,
}
