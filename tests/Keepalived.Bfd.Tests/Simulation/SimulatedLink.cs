using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Simulation;

/// <summary>
/// Two sessions joined by a lossy, slow, reordering, doubling link in virtual time; each side's clock runs at its own rate, and its driver
/// may sleep. Seeded: a run repeats.
/// </summary>
internal sealed class SimulatedLink
{
    private readonly Random _random;
    private readonly PriorityQueue<Delivery, (long Time, long Order)> _inFlight = new();
    private long _order;

    public SimulatedLink(int seed, BfdSessionOptions options, BfdSessionOptions? otherOptions = null, int driftPpm = 0)
    {
        _random = new Random(seed);
        A = new Side(0x0a, "10.90.0.2", options, seed + 1, driftPpm, startsAt: 5_000_000_000);
        B = new Side(0x0b, "10.90.0.1", otherOptions ?? options, seed + 2, -driftPpm, startsAt: 77_000_000_000_000);
    }

    public Side A { get; }

    public Side B { get; }

    public long Now { get; private set; }

    /// <summary>The shortest and longest time on the way, in ns. A range reorders.</summary>
    public (long Least, long Most) Delay { get; set; } = (100_000, 500_000);

    /// <summary>The share of packets that are lost, by direction.</summary>
    public (double FromA, double FromB) Loss { get; set; }

    /// <summary>The share of packets that arrive twice.</summary>
    public double Duplication { get; set; }

    public void Heal() => (Loss, Duplication) = ((0, 0), 0);

    public void Run(long duration)
    {
        var end = Now + duration;
        var guard = new LivelockGuard();
        Drain();
        while (true)
        {
            var next = Math.Min(A.NextDeadline, B.NextDeadline);
            if (_inFlight.TryPeek(out _, out var first))
                next = Math.Min(next, first.Time);
            if (next > end)
                break;
            Now = Math.Max(Now, next);
            guard.Turn(Now);

            // A driver empties its socket before it looks at its timers.
            while (_inFlight.TryPeek(out _, out first) && first.Time <= Now)
            {
                // What arrives while a driver sleeps waits in its socket, in order.
                var delivery = _inFlight.Dequeue();
                if (delivery.To.AsleepUntil > Now)
                    _inFlight.Enqueue(delivery, (delivery.To.AsleepUntil, first.Order));
                else
                    Deliver(delivery);
            }

            A.HandleTimeout(Now);
            B.HandleTimeout(Now);
            Drain();
        }

        Now = end;
    }

    private void Deliver(Delivery delivery)
    {
        var reason = BfdControlPacket.TryParse(delivery.Bytes, out var packet);
        Assert.That(reason, Is.EqualTo(BfdDiscardReason.None), "our own packets are well-formed");
        delivery.To.Session.HandlePacket(packet, 255, delivery.To.Local(Now));
        Drain();
    }

    private void Drain()
    {
        Drain(A, B, Loss.FromA);
        Drain(B, A, Loss.FromB);
    }

    private void Drain(Side from, Side to, double loss)
    {
        Span<byte> buffer = stackalloc byte[BfdControlPacket.MaxSize];
        while (from.Session.TryDequeue(out var action))
        {
            if (action.Kind == BfdActionKind.StateChanged)
                from.Changes.Add((Now, action));
            if (action.Kind != BfdActionKind.SendControl)
                continue;
            var bytes = buffer[..from.Session.WriteControl(action, buffer)].ToArray();
            from.SentAt.Add(Now);
            for (var copies = _random.NextDouble() < loss ? 0 : _random.NextDouble() < Duplication ? 2 : 1; copies > 0; copies--)
                _inFlight.Enqueue(new Delivery(to, bytes), (Now + _random.NextInt64(Delay.Least, Delay.Most + 1), _order++));
        }
    }

    internal sealed class Side
    {
        private readonly int _driftPpm;
        private readonly long _startsAt;
        private readonly Random _seeds;

        public Side(uint discriminator, string remote, BfdSessionOptions options, int seed, int driftPpm, long startsAt)
        {
            (_driftPpm, _startsAt, _seeds) = (driftPpm, startsAt, new Random(seed));
            var path = new BfdPath { Remote = InetAddress.Parse(remote) };
            Session = new BfdSession(path, discriminator, options, Local(0), new Random(seed));
        }

        public BfdSession Session { get; private set; }

        /// <summary>Until when its driver does nothing.</summary>
        public long AsleepUntil { get; set; }

        /// <summary>Dies without a word, and begins anew.</summary>
        public void Restart(long now, bool keepsDiscriminator) => Session = new BfdSession(
            Session.Path,
            keepsDiscriminator ? Session.LocalDiscriminator : (uint)_seeds.NextInt64(0x100, 1L << 32),
            Session.Options,
            Local(now),
            new Random(_seeds.Next()));

        public List<(long Time, BfdAction Action)> Changes { get; } = [];

        public List<long> SentAt { get; } = [];

        /// <summary>The next deadline in the time of the link.</summary>
        public long NextDeadline
        {
            get
            {
                var deadline = Session.NextDeadline;
                if (deadline == long.MaxValue)
                    return deadline;
                var elapsed = deadline - _startsAt;
                var global = elapsed - (long)((Int128)elapsed * _driftPpm / (1_000_000 + _driftPpm));
                while (Local(global) < deadline)
                    global++;
                return Math.Max(global, AsleepUntil);
            }
        }

        /// <summary>What this side's clock shows.</summary>
        public long Local(long global) => _startsAt + global + (long)((Int128)global * _driftPpm / 1_000_000);

        public void HandleTimeout(long now)
        {
            var local = Local(now);
            if (AsleepUntil > now || local < Session.NextDeadline)
                return;
            if (Session.IsDetectionDue(local))
                Session.TryForgiveStall(local);
            Session.HandleTimeout(local);
        }
    }

    private readonly record struct Delivery(Side To, byte[] Bytes);
}
