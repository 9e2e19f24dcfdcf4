using CsCheck;
using Keepalived.Checkers.Pools;

namespace Keepalived.Checkers.Tests.Pools;

/// <summary>The traces of keepalived: what it did to the kernel's table, and whom it told, in order.</summary>
public sealed class ServerPoolTests
{
    private static readonly CheckVerdict Up = new() { Decision = CheckDecision.Up, IsChange = true };
    private static readonly CheckVerdict Down = new() { Decision = CheckDecision.Down, IsChange = true };
    private static readonly CheckVerdict StillDown = new() { Decision = CheckDecision.Down, IsFirst = true };

    [Test]
    public void Trace_QuorumWithHysteresisAndSorryServer()
    {
        var (one, two) = (new PoolServer("1", 3), new PoolServer("2", 3));
        var pool = Pool(new Quorum(4, 2), new PoolServer("S"), one, two);
        pool.Start();
        Assert.That(Drain(pool), Is.EqualTo("add 1 3, add 2 3, quorum gained 6"));
        pool.Apply(one, Down);
        Assert.That(Drain(pool), Is.EqualTo("remove 1, 1 down"));
        pool.Apply(two, Down);
        Assert.That(Drain(pool), Is.EqualTo("remove 2, 2 down, add S 1, quorum lost 0"));
        pool.Apply(one, Up);
        Assert.That(Drain(pool), Is.EqualTo("1 up"));
        pool.Apply(two, Up);
        Assert.That(Drain(pool), Is.EqualTo("2 up, remove S, add 1 3, add 2 3, quorum gained 6"));
        pool.Stop();
        Assert.That(Drain(pool), Is.EqualTo("remove 1, remove 2"));
    }

    [Test]
    public void Trace_InhibitedServersAndSorryServer_StayInTheTable()
    {
        var (one, two) = (new PoolServer("1", 3, inhibit: true), new PoolServer("2", 3, inhibit: true));
        var pool = Pool(new Quorum(), new PoolServer("S", 1, inhibit: true), one, two);
        pool.Start();
        Assert.That(Drain(pool), Is.EqualTo("add 1 3, add 2 3, quorum gained 6, add S 0"));
        pool.Apply(one, Down);
        Assert.That(Drain(pool), Is.EqualTo("set 1 0, 1 down"));
        pool.Apply(two, Down);
        Assert.That(Drain(pool), Is.EqualTo("set 2 0, 2 down, set S 1, quorum lost 0"));
        pool.Apply(two, Up);
        Assert.That(Drain(pool), Is.EqualTo("2 up, set S 0, set 2 3, quorum gained 3"));
        pool.Stop();
        Assert.That(Drain(pool), Is.EqualTo("remove S, remove 1, remove 2"));
    }

    [Test]
    public void Trace_AlphaOmegaAndSorryServer()
    {
        var (one, two) = (new PoolServer("1"), new PoolServer("2", inhibit: true));
        one.AddChecker(isUp: false);
        two.AddChecker(isUp: false);
        var pool = Pool(new Quorum(), new PoolServer("S"), one, two);
        pool.Start();
        Assert.That(Drain(pool), Is.EqualTo("add 2 0, add S 1, quorum lost 0"));
        pool.Apply(one, Up with { IsFirst = true });
        Assert.That(Drain(pool), Is.EqualTo("1 up, remove S, add 1 1, quorum gained 1"));
        pool.Apply(two, StillDown);
        Assert.That(Drain(pool), Is.EqualTo("2 down"));
        pool.Stop(tell: true);
        Assert.That(Drain(pool), Is.EqualTo("remove 1, 1 down, remove 2, quorum lost 0"));
    }

    [Test]
    public void Trace_WeightsFromAFile()
    {
        var server = new PoolServer("1", 10);
        var pool = Pool(new Quorum(), null, server);
        pool.Start();
        Drain(pool);
        pool.AdjustWeight(server, 10);
        Assert.That(Drain(pool), Is.EqualTo("set 1 20"));
        pool.AdjustWeight(server, -16);
        Assert.That(Drain(pool), Is.EqualTo("set 1 4"));
        pool.AdjustWeight(server, -10);
        Assert.That(Drain(pool), Is.EqualTo("set 1 0, quorum lost 0"), "a weight of zero counts as nothing, although the server is alive");
        pool.AdjustWeight(server, -10);
        Assert.That(Drain(pool), Is.Empty, "zero stays zero for the kernel");
        pool.Apply(server, Down);
        Assert.That(Drain(pool), Is.EqualTo("remove 1, 1 down"));
        pool.AdjustWeight(server, 28);
        Assert.That(Drain(pool), Is.Empty, "a server that is down has no weight in the table");
        pool.Apply(server, Up);
        Assert.That(Drain(pool), Is.EqualTo("add 1 12, 1 up, quorum gained 12"));
    }

    [Test]
    public void Apply_SeveralCheckers_UpWhenNoneSaysDown()
    {
        var server = new PoolServer("1");
        var pool = Pool(new Quorum(), null, server, new PoolServer("2"));
        pool.Start();
        Drain(pool);
        pool.Apply(server, Down);
        pool.Apply(server, Down);
        Assert.That(Drain(pool), Is.EqualTo("remove 1, 1 down"));
        pool.Apply(server, Up);
        Assert.That(Drain(pool), Is.Empty);
        pool.Apply(server, Up);
        Assert.That(Drain(pool), Is.EqualTo("add 1 1, 1 up"));
    }

    [Test]
    public void Apply_WithoutSorryServer_ServesWithWhatIsLeft()
    {
        var (one, two) = (new PoolServer("1"), new PoolServer("2"));
        var pool = Pool(new Quorum(2), null, one, two);
        pool.Start();
        Drain(pool);
        pool.Apply(one, Down);
        Assert.That(Drain(pool), Is.EqualTo("remove 1, 1 down, quorum lost 1"));
        pool.Apply(two, Down);
        pool.Apply(two, Up);
        Assert.That(Drain(pool), Is.EqualTo("remove 2, 2 down, add 2 1, 2 up"));
    }

    [Test]
    public void AdjustWeight_WhileTheSorryServerStandsIn_TakesEffectWithTheQuorum()
    {
        var (one, two) = (new PoolServer("1", 2), new PoolServer("2", 2));
        var pool = Pool(new Quorum(4), new PoolServer("S"), one, two);
        pool.Start();
        pool.Apply(two, Down);
        Drain(pool);
        pool.AdjustWeight(one, 1);
        Assert.That(Drain(pool), Is.Empty);
        pool.AdjustWeight(one, 1);
        Assert.That(Drain(pool), Is.EqualTo("remove S, add 1 4, quorum gained 4"));
    }

    [Test]
    public void Misuse_IsRefused()
    {
        var pool = Pool(new Quorum(), null, new PoolServer("1"));
        pool.Start();
        Assert.That(pool.Start, Throws.InvalidOperationException);
        Assert.That(() => pool.Add(new PoolServer("2")), Throws.InvalidOperationException);
        Assert.That(() => new PoolServer("x", -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new PoolServer("x", 1L << 31), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    /// <summary>
    /// Whatever happens, the table that the actions make is the one that the states call for, and no action is impossible.
    /// </summary>
    [Test]
    public void Actions_OfAnyHistory_KeepTheTableAndTheStatesTogether() => Gen.Select(
        Gen.UInt[1, 6], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Long[-4, 4]).Array[0, 60])
        .Sample((quorum, withSorry, sorryInhibit, inhibit, steps) =>
        {
            var servers = Enumerable.Range(0, 3).Select(i => new PoolServer($"{i}", i, inhibit && i != 1)).ToArray();
            var sorry = withSorry ? new PoolServer("S", 1, sorryInhibit) : null;
            var pool = Pool(new Quorum(quorum), sorry, servers);
            var table = new Dictionary<PoolServer, long>();
            pool.Start();
            Play(pool, table);
            foreach (var (server, kind, delta) in steps)
            {
                var target = servers[server];
                if (kind == 0)
                    pool.Apply(target, Down);
                else if (kind == 1 && target.FailedCheckers > 0)
                    pool.Apply(target, Up);
                else if (kind == 2)
                    pool.AdjustWeight(target, delta);
                Play(pool, table);
                var standIn = sorry is { IsAlive: true };
                foreach (var each in servers)
                {
                    var serves = each.IsAlive && !standIn;
                    Assert.That(table.TryGetValue(each, out var weight), Is.EqualTo(each.IsInTable));
                    Assert.That(serves ? weight : each.Weight, Is.EqualTo(each.Weight));
                    Assert.That(each.IsInTable, Is.EqualTo(serves || (each.Inhibit && each.IsInTable)));
                    Assert.That(!serves && each.IsInTable && weight != 0, Is.False, "one that does not serve has no weight");
                }

                if (sorry is not null)
                    Assert.That(standIn, Is.EqualTo(!pool.Quorum.IsUp));
            }

            pool.Stop();
            Play(pool, table);
            Assert.That(table, Is.Empty);
        });

    private static void Play(ServerPool pool, Dictionary<PoolServer, long> table)
    {
        while (pool.TryDequeue(out var action))
        {
            switch (action.Kind)
            {
                case PoolActionKind.AddDestination:
                    Assert.That(table.TryAdd(action.Server!, action.Weight), "added twice");
                    break;
                case PoolActionKind.RemoveDestination:
                    Assert.That(table.Remove(action.Server!), "removed and not there");
                    break;
                case PoolActionKind.SetWeight:
                    Assert.That(table.ContainsKey(action.Server!), "set and not there");
                    table[action.Server!] = action.Weight;
                    break;
            }
        }
    }

    private static ServerPool Pool(Quorum quorum, PoolServer? sorry, params PoolServer[] servers)
    {
        var pool = new ServerPool(quorum, sorry);
        foreach (var server in servers)
            pool.Add(server);
        return pool;
    }

    private static string Drain(ServerPool pool)
    {
        var words = new List<string>();
        while (pool.TryDequeue(out var action))
        {
            words.Add(action.Kind switch
            {
                PoolActionKind.AddDestination => $"add {action.Server} {action.Weight}",
                PoolActionKind.RemoveDestination => $"remove {action.Server}",
                PoolActionKind.SetWeight => $"set {action.Server} {action.Weight}",
                PoolActionKind.ServerUp => $"{action.Server} up",
                PoolActionKind.ServerDown => $"{action.Server} down",
                PoolActionKind.QuorumGained => $"quorum gained {action.Weight}",
                _ => $"quorum lost {action.Weight}",
            });
        }

        return string.Join(", ", words);
    }
}
