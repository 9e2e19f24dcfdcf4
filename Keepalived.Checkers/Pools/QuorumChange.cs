namespace Keepalived.Checkers.Pools;

/// <summary>What an evaluation of a <see cref="Quorum"/> came to.</summary>
public enum QuorumChange
{
    /// <summary>It stays as it was.</summary>
    None,

    /// <summary>There is enough weight now.</summary>
    Gained,

    /// <summary>There is not enough weight any more.</summary>
    Lost,
}
