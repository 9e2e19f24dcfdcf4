using Keepalived.Checkers.Pools;

namespace Keepalived.Checkers.Tests.Pools;

/// <summary>A reload: one pool in place of another.</summary>
public sealed class ServerPoolResumeTests
{
    private static readonly CheckVerdict Up = new() { Decision = CheckDecision.Up, IsChange = true };
    private static readonly CheckVerdict Down = new() { Decision = CheckDecision.Down, IsChange = true };

    [Test]
    public void Resume_NothingChanged_TellsNothingAndKeepsTheTable()
    {
        var old = Started(null, new PoolServer("1", 3), new PoolServer("2", 3));
        old.Apply(old.Servers[0], Down);
        Drain(old);
        var pool = Next(old, new Quorum(), null, failed: [true, false]);
        Assert.That(Drain(pool), Is.Empty);
        Assert.That(Table(pool), Is.EqualTo("2=3"));
        pool.Apply(pool.Servers[0], Up);
        Assert.That(Drain(pool), Is.EqualTo("AddDestination 1 3, ServerUp 1 0"));
    }

    [Test]
    public void Resume_FailingCheckerWasRemoved_BringsTheServerUp()
    {
        var old = Started(null, new PoolServer("1"), new PoolServer("2"));
        old.Apply(old.Servers[0], Down);
        Drain(old);
        var pool = Next(old, new Quorum(), null, failed: [false, false]);
        Assert.That(Drain(pool), Is.EqualTo("ServerUp 1 0"));
        Assert.That(Table(pool), Is.EqualTo("1=1 2=1"));
    }

    [Test]
    public void Resume_HigherQuorum_IsLostAndTheSorryServerStandsIn()
    {
        var old = Started(new PoolServer("S"), new PoolServer("1"), new PoolServer("2"));
        var pool = Next(old, new Quorum(3), new PoolServer("S"), failed: [false, false]);
        Assert.That(Drain(pool), Is.EqualTo("QuorumLost  2"));
        Assert.That(Table(pool), Is.EqualTo("S=1"));
    }

    [Test]
    public void Resume_SorryServerIsGoneWhileItServed_BringsTheOthersBack()
    {
        var old = Started(new PoolServer("S"), new PoolServer("1"), new PoolServer("2"));
        old.Apply(old.Servers[0], Down);
        old.Apply(old.Servers[1], Down);
        old.Apply(old.Servers[0], Up);
        Drain(old);
        var pool = Next(old, new Quorum(2), null, failed: [false, true]);
        Assert.That(Drain(pool), Is.EqualTo("QuorumLost  1"));
        Assert.That(Table(pool), Is.EqualTo("1=1"), "without a sorry server those that are alive serve");
    }

    [Test]
    public void Resume_InhibitedServers_StayWithWeightZero()
    {
        var old = Started(new PoolServer("S", 1, inhibit: true), new PoolServer("1", 5, inhibit: true), new PoolServer("2"));
        old.Apply(old.Servers[0], Down);
        Drain(old);
        var pool = Next(old, new Quorum(), new PoolServer("S", 1, inhibit: true), failed: [true, false], inhibit: true);
        Assert.That(Drain(pool), Is.Empty);
        Assert.That(Table(pool), Is.EqualTo("1=0 2=1 S=0"));
    }

    [Test]
    public void Apply_CheckerWithWeight_CountsBeforeUpAndEndsWithDown()
    {
        var server = new PoolServer("1");
        var checker = server.AddChecker(isUp: true);
        var pool = new ServerPool(new Quorum());
        pool.Add(server);
        pool.Start();
        Drain(pool);
        pool.Apply(checker, CheckResult.Success with { Weight = 7 }, new CheckVerdict());
        Assert.That(Drain(pool), Is.EqualTo("SetWeight 1 8"));
        pool.Apply(checker, CheckResult.Failure("bad"), Down);
        Assert.That(Drain(pool), Is.EqualTo("RemoveDestination 1 0, ServerDown 1 0, QuorumLost  0"));
        pool.Apply(checker, CheckResult.Success with { Weight = -1 }, Up);
        Assert.That(Drain(pool), Is.EqualTo("AddDestination 1 0, ServerUp 1 0"), "weight 0 is no quorum");
    }

    private static ServerPool Started(PoolServer? sorry, params PoolServer[] servers)
    {
        var pool = new ServerPool(new Quorum(), sorry);
        foreach (var server in servers)
            pool.Add(server);
        pool.Start();
        Drain(pool);
        return pool;
    }

    private static ServerPool Next(ServerPool old, Quorum quorum, PoolServer? sorry, bool[] failed, bool inhibit = false)
    {
        var pool = new ServerPool(quorum, sorry);
        foreach (var (server, isFailed) in old.Servers.Zip(failed))
        {
            var next = new PoolServer(server.Name, server.EffectiveWeight, server.Inhibit && inhibit);
            next.AddChecker(!isFailed);
            pool.Add(next);
        }

        pool.Resume(old, server => server == sorry ? old.SorryServer : old.Servers.SingleOrDefault(before => before.Name == server.Name));
        return pool;
    }

    private static string Drain(ServerPool pool)
    {
        var actions = new List<string>();
        while (pool.TryDequeue(out var action))
            actions.Add($"{action.Kind} {action.Server} {action.Weight}");
        return string.Join(", ", actions);
    }

    private static string Table(ServerPool pool) => string.Join(' ', pool.Servers.Append(pool.SorryServer)
        .OfType<PoolServer>().Where(server => server.IsInTable).Select(server => $"{server}={server.TableWeight}"));
}
