using System.Diagnostics.CodeAnalysis;

namespace Keepalived.Checkers.Pools;

/// <summary>
/// The servers behind one virtual server: which of them are in the balancer's table and with which weight, whether there is a quorum, and
/// whether the sorry server stands in. Pure: it takes verdicts and weights, and queues what is to be done, in order. Drain
/// <see cref="TryDequeue"/> after every call. Not safe for use by several threads at a time.
/// </summary>
public sealed partial class ServerPool
{
    private const int UsualActions = 8;

    private readonly List<PoolServer> _servers = [];
    private readonly Queue<PoolAction> _actions = new();
    private readonly bool _sorryInhibit;
    private bool _started;

    /// <summary>Makes a pool without servers.</summary>
    /// <param name="quorum">The thresholds; its state belongs to the pool from now on.</param>
    /// <param name="sorryServer">Serves while there is no quorum; never probed. Its <see cref="PoolServer.Inhibit"/> is
    /// <c>sorry_server_inhibit</c>: always in the table, with weight zero while it is not needed.</param>
    public ServerPool(Quorum quorum, PoolServer? sorryServer = null)
    {
        ArgumentNullException.ThrowIfNull(quorum);
        Quorum = quorum;
        SorryServer = sorryServer;
        if (sorryServer is null)
            return;
        sorryServer.IsAlive = false;
        _sorryInhibit = sorryServer.Inhibit;
    }

    /// <summary>The thresholds, and whether there is a quorum.</summary>
    public Quorum Quorum { get; }

    /// <summary>Serves while there is no quorum.</summary>
    public PoolServer? SorryServer { get; }

    /// <summary>The servers, in the order they were added.</summary>
    public IReadOnlyList<PoolServer> Servers => _servers;

    /// <summary>The weight of the servers that are alive.</summary>
    public long AliveWeight
    {
        get
        {
            long sum = 0;
            foreach (var server in _servers)
            {
                if (server.IsAlive)
                    sum += server.Weight;
            }

            return sum;
        }
    }

    // While the sorry server stands in, the others wait outside the table until the quorum is back.
    private bool TableFollowsServers => Quorum.IsUp || SorryServer is not { IsAlive: true };

    /// <summary>Adds a server, before the start.</summary>
    /// <param name="server">The server, with its checkers counted.</param>
    /// <exception cref="InvalidOperationException">The pool has started.</exception>
    public void Add(PoolServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (_started)
            throw new InvalidOperationException("The pool has started.");
        _servers.Add(server);
    }

    /// <summary>Fills the table: servers that are alive, and inhibited ones with weight zero; then looks at the quorum.</summary>
    /// <exception cref="InvalidOperationException">The pool has started.</exception>
    public void Start()
    {
        if (_started)
            throw new InvalidOperationException("The pool has started.");
        _started = true;
        foreach (var server in _servers)
        {
            if (server.IsAlive || server.Inhibit)
                AddToTable(server);
        }

        var change = Quorum.Evaluate(AliveWeight);
        if (change == QuorumChange.None && !Quorum.IsUp && SorryServer is not null)
            change = QuorumChange.Lost;
        Follow(change);
        if (SorryServer is { IsInTable: false } sorry && _sorryInhibit)
        {
            sorry.IsInTable = true;
            sorry.TableWeight = 0;
            Enqueue(PoolActionKind.AddDestination, sorry, 0);
        }
    }

    /// <summary>Takes what a checker of a server came to. A server is up when none of its checkers says down.</summary>
    /// <param name="server">The server that the checker watches.</param>
    /// <param name="verdict">From <see cref="CheckerState.HandleResult"/>.</param>
    public void Apply(PoolServer server, in CheckVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (verdict.Decision == CheckDecision.None)
            return;
        if (!verdict.IsChange)
        {
            // A server that began as down and is found down has not been told of yet.
            if (verdict is { IsFirst: true, Decision: CheckDecision.Down })
                Enqueue(server.IsAlive ? PoolActionKind.ServerUp : PoolActionKind.ServerDown, server);
            return;
        }

        if (verdict.Decision == CheckDecision.Up)
        {
            if (--server.FailedCheckers == 0)
                Raise(server);
        }
        else if (server.FailedCheckers++ == 0)
        {
            Drop(server);
        }
    }

    /// <summary>
    /// Takes what a checker of a server found, and what that came to: a weight that it brings counts before the server comes up; one that
    /// takes the server down adds nothing any more.
    /// </summary>
    /// <param name="checker">From <see cref="PoolServer.AddChecker"/>.</param>
    /// <param name="result">What the checker found.</param>
    /// <param name="verdict">From <see cref="CheckerState.HandleResult"/>.</param>
    public void Apply(PoolChecker checker, in CheckResult result, in CheckVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(checker);
        if (result is { IsSuccess: true, Weight: { } weight })
            Adjust(checker, weight);
        Apply(checker.Server, verdict);
        if (verdict.Decision == CheckDecision.Down)
            Adjust(checker, 0);
    }

    /// <summary>A checker adds to a server's weight, or takes from it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="delta">The difference to what was added before.</param>
    public void AdjustWeight(PoolServer server, long delta)
    {
        ArgumentNullException.ThrowIfNull(server);
        var before = server.Weight;
        server.EffectiveWeight += delta;
        if (server.Weight == before)
            return;
        if (server is { IsInTable: true, IsAlive: true } && TableFollowsServers)
            SetWeight(server, server.Weight);
        Follow(Quorum.Evaluate(AliveWeight));
    }

    /// <summary>Empties the table.</summary>
    /// <param name="tell">Tell that servers and quorum are down as well (<c>omega</c>).</param>
    public void Stop(bool tell = false)
    {
        if (SorryServer is { } sorry)
            Withdraw(sorry);
        foreach (var server in _servers)
        {
            Withdraw(server);
            if (tell && server.IsAlive)
                Enqueue(PoolActionKind.ServerDown, server);
        }

        if (tell)
            Enqueue(PoolActionKind.QuorumLost, null, 0);
    }

    /// <summary>The next thing to be done.</summary>
    /// <param name="action">What.</param>
    /// <returns><see langword="false"/> when all is done.</returns>
    public bool TryDequeue([MaybeNullWhen(false)] out PoolAction action)
    {
        if (_actions.TryDequeue(out action))
            return true;
        // A start has an action for each server; what follows has a few.
        if (_actions.Capacity > UsualActions)
            _actions.TrimExcess();
        return false;
    }

    private void Raise(PoolServer server)
    {
        if (server.IsAlive)
            return;
        if (TableFollowsServers)
            AddToTable(server);
        server.IsAlive = true;
        Enqueue(PoolActionKind.ServerUp, server);
        Follow(Quorum.Evaluate(AliveWeight));
    }

    private void Drop(PoolServer server)
    {
        if (!server.IsAlive)
            return;
        if (TableFollowsServers)
            RemoveFromTable(server);
        server.IsAlive = false;
        Enqueue(PoolActionKind.ServerDown, server);
        Follow(Quorum.Evaluate(AliveWeight));
    }

    private void Follow(QuorumChange change)
    {
        if (change == QuorumChange.None)
            return;
        var up = change == QuorumChange.Gained;
        if (up && SorryServer is { IsAlive: true } standIn)
        {
            RemoveFromTable(standIn);
            standIn.IsAlive = false;
            foreach (var server in _servers)
            {
                if (server.IsAlive)
                    AddToTable(server);
            }
        }
        else if (!up && SorryServer is { IsAlive: false } sorry)
        {
            foreach (var server in _servers)
            {
                if (server.IsAlive)
                    RemoveFromTable(server);
            }

            AddToTable(sorry);
            sorry.IsAlive = true;
        }

        Enqueue(up ? PoolActionKind.QuorumGained : PoolActionKind.QuorumLost, null, AliveWeight);
    }

    private void AddToTable(PoolServer server)
    {
        var weight = server is { Inhibit: true, FailedCheckers: > 0 } ? 0 : server.Weight;
        if (server.IsInTable && !server.Inhibit)
            return;
        Enqueue(server.IsInTable ? PoolActionKind.SetWeight : PoolActionKind.AddDestination, server, weight);
        server.IsInTable = true;
        server.TableWeight = weight;
    }

    private void RemoveFromTable(PoolServer server)
    {
        if (!server.IsInTable)
            return;
        if (server.Inhibit)
            SetWeight(server, 0);
        else
            Withdraw(server);
    }

    private void Withdraw(PoolServer server)
    {
        if (!server.IsInTable)
            return;
        server.IsInTable = false;
        Enqueue(PoolActionKind.RemoveDestination, server);
    }

    private void Adjust(PoolChecker checker, long weight)
    {
        var delta = weight - checker.Weight;
        checker.Weight = weight;
        if (delta != 0)
            AdjustWeight(checker.Server, delta);
    }

    private void SetWeight(PoolServer server, long weight)
    {
        server.TableWeight = weight;
        Enqueue(PoolActionKind.SetWeight, server, weight);
    }

    private void Enqueue(PoolActionKind kind, PoolServer? server, long weight = 0) =>
        _actions.Enqueue(new PoolAction(kind, server, weight));
}
