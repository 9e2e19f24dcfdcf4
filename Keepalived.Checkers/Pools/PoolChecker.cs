namespace Keepalived.Checkers.Pools;

/// <summary>A checker of a <see cref="PoolServer"/>: what it adds to the server's weight.</summary>
public sealed class PoolChecker
{
    internal PoolChecker(PoolServer server, long weight) => (Server, Weight) = (server, weight);

    /// <summary>The server that it watches.</summary>
    public PoolServer Server { get; }

    /// <summary>What it adds at present.</summary>
    public long Weight { get; internal set; }
}
