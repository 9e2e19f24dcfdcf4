namespace Keepalived.Checkers.Pools;

/// <summary>
/// A checker of a <see cref="PoolServer"/>: what it adds to the server's weight. Derive from it to keep with it what else there is to know.
/// </summary>
public class PoolChecker
{
    /// <summary>Watches a server, before the pool starts: see <see cref="PoolServer.AddChecker"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isUp">What the checker holds the server for at the start: <see cref="CheckerState.IsUp"/>.</param>
    /// <param name="weight">What the checker has added to the weight already, before a reload.</param>
    protected internal PoolChecker(PoolServer server, bool isUp, long weight = 0)
    {
        ArgumentNullException.ThrowIfNull(server);
        (Server, Weight) = (server, weight);
        server.Take(isUp, weight);
    }

    /// <summary>The server that it watches.</summary>
    public PoolServer Server { get; }

    /// <summary>What it adds at present.</summary>
    public long Weight { get; internal set; }
}
