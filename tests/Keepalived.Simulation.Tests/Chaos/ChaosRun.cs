using Keepalived.Simulation.Tests.Network;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>One run: a topology, then times of trouble and times of rest in turn. All of it follows from the seed.</summary>
internal sealed class ChaosRun
{
    private readonly Random _random;
    private readonly VirtualLan _lan;
    private readonly Topology _topology;
    private readonly Bounds _bounds;
    private readonly Invariants _invariants;
    private readonly Disturbances _disturbances;
    private readonly Trace? _trace;

    private ChaosRun(int seed, bool isSlow, Trace? trace)
    {
        _random = new Random(seed);
        _trace = trace;
        _lan = new VirtualLan(_random) { KeepsHistory = false };
        _topology = Topology.Create(_lan, _random, isSlow);
        _bounds = new Bounds(_topology);
        _invariants = new Invariants(_lan, _bounds, trace);
        _lan.Observer = _invariants;
        _disturbances = new Disturbances(_lan, _random, _topology, _invariants, trace);
        trace?.Write(_lan.Now, $"seed {seed}: {_topology.Description}");
    }

    /// <summary>Runs a seed. If something is wrong, runs it again and says what happened.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="totals">Where to count it.</param>
    /// <param name="rest">How long the network is left alone in the end, nanoseconds; with it, intervals are a second and more.</param>
    public static void Check(int seed, ChaosTotals totals, long rest = 0)
    {
        var run = new ChaosRun(seed, rest > 0, null);
        try
        {
            run.Play(rest);
            totals.Add(run._lan, run._invariants.Transitions, run._disturbances.Count);
        }
        catch (Exception e) when (e is InvariantException or InvalidOperationException or ArgumentException)
        {
            Assert.Fail($"Seed {seed}: {e.Message}\n{Describe(seed, rest)}");
        }
    }

    /// <summary>The trace of a seed.</summary>
    public static string Describe(int seed, long rest = 0)
    {
        var trace = new Trace();
        try
        {
            new ChaosRun(seed, rest > 0, trace).Play(rest);
        }
        catch (Exception e) when (e is InvariantException or InvalidOperationException or ArgumentException)
        {
            // The trace says it.
        }

        return trace.ToString();
    }

    private void Play(long rest)
    {
        foreach (var host in _lan.Hosts)
        {
            if (_topology.Segments > 1)
                _lan.Join(host);
            _lan.Start(host);
            _lan.Run(_random.NextInt64(2 * _topology.Interval));
            _invariants.Disturbed = _lan.Now;
        }

        for (var round = _random.Next(2, 6); round > 0; round--)
        {
            for (var trouble = _random.Next(1, 12); trouble > 0; trouble--)
            {
                _disturbances.Cause();
                _invariants.AfterEvent(_lan.Now);
                // Often nothing happens for so long that the protocol must have its say, sometimes two things happen in a moment.
                _lan.Run(_random.NextInt64(_random.Next(3) == 0 ? 8 * _topology.Interval : _topology.Interval));
            }

            _disturbances.End();
            Rest(_random.NextInt64(20 * _topology.Interval));
        }

        if (rest > 0)
            Rest(rest);
    }

    private void Rest(long duration)
    {
        _trace?.Write(_lan.Now, "rest");
        _lan.RunUntil(Math.Max(_lan.Now, _invariants.Disturbed) + _bounds.Settled + 1);
        _invariants.CheckSettled();
        _lan.Run(duration);
        _invariants.CheckSettled();
    }
}
