namespace Keepalived.Checkers.Pools;

/// <content>Going on from another pool.</content>
public sealed partial class ServerPool
{
    /// <summary>
    /// Starts in place of another pool, as a reload does: the quorum's state goes on, servers are told of only where they come up or go
    /// down by the change, and no change of the table is queued. What the table should be then, the servers say
    /// (<see cref="PoolServer.IsInTable"/>, <see cref="PoolServer.TableWeight"/>).
    /// </summary>
    /// <param name="old">The pool that this one replaces.</param>
    /// <param name="predecessor">The server of the old pool that one of this pool continues; <see langword="null"/> for a new one.</param>
    /// <exception cref="InvalidOperationException">The pool has started.</exception>
    public void Resume(ServerPool old, Func<PoolServer, PoolServer?> predecessor)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(predecessor);
        if (_started)
            throw new InvalidOperationException("The pool has started.");
        _started = true;
        Quorum.IsUp = old.Quorum.IsUp;
        foreach (var server in _servers)
        {
            if (predecessor(server) is { } before && before.IsAlive != server.IsAlive)
                Enqueue(server.IsAlive ? PoolActionKind.ServerUp : PoolActionKind.ServerDown, server);
        }

        var hadSorryServer = SorryServer is not null && predecessor(SorryServer) is { IsAlive: true };
        var change = Quorum.Evaluate(AliveWeight);
        if (change == QuorumChange.None && !Quorum.IsUp && SorryServer is not null && !hadSorryServer)
            change = QuorumChange.Lost;
        if (SorryServer is { } sorry)
            sorry.IsAlive = !Quorum.IsUp;
        if (change != QuorumChange.None)
            Enqueue(change == QuorumChange.Gained ? PoolActionKind.QuorumGained : PoolActionKind.QuorumLost, null, AliveWeight);
        SettleTable();
    }

    /// <summary>The table follows from who is alive, and from the quorum.</summary>
    private void SettleTable()
    {
        var follows = TableFollowsServers;
        foreach (var server in _servers)
            Settle(server, server.IsAlive && follows);
        if (SorryServer is { } sorry)
            Settle(sorry, sorry.IsAlive);

        static void Settle(PoolServer server, bool serves)
        {
            server.IsInTable = serves || server.Inhibit;
            server.TableWeight = serves ? server.Weight : 0;
        }
    }
}
