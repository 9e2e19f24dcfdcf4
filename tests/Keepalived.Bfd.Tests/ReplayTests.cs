using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests;

/// <summary>Our session in keepalived's place: it hears what BIRD or FRR was recorded to say, when it said it.</summary>
public sealed class ReplayTests
{
    private const long Second = SessionHarness.Second;
    private const long Millisecond = SessionHarness.Millisecond;

    [TestCase("bfd-keepalived-bird-up")]
    [TestCase("bfd-keepalived-frr-up")]
    [TestCase("bfd-ipv6-keepalived-bird")]
    [TestCase("bfd-ipv6-keepalived-frr")]
    public void RecordedNeighbour_ComesUp_AtItsFirstInit(string capture)
    {
        var replay = new Replay(capture);
        var first = replay.Neighbour.First(frame => frame.State is BfdState.Init or BfdState.Down);
        replay.Run(first.Time + Second);
        Assert.That(replay.Session.State, Is.EqualTo(BfdState.Up), string.Join(", ", replay.Changes));
        Assert.That(replay.Session.Statistics.PacketsDiscarded, Is.Zero);
        Assert.That(replay.Session.IsPolling, Is.False, "the recorded final answers our poll");
        Assert.That(replay.Session.DetectionTime, Is.EqualTo(300 * Millisecond));
    }

    [Test]
    public void FrrPoll_NewRates_AreTakenOverAndAnswered()
    {
        var replay = new Replay("bfd-keepalived-frr-poll");
        var poll = replay.Neighbour.Single(frame => frame.IsPoll && frame.DesiredMinTx == 400_000);
        replay.Run(poll.Time);
        Assert.That(replay.FinalsSentAt, Does.Contain(poll.Time), "answered on the spot");
        Assert.That(replay.Session.TransmitInterval, Is.EqualTo(300 * Millisecond));
        Assert.That(replay.Session.DetectionTime, Is.EqualTo(1200 * Millisecond));
        replay.Run(poll.Time + (2 * Second));
        Assert.That(replay.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void BirdKilled_IsDetectedAfterItsDetectionTime()
    {
        var replay = new Replay("bfd-keepalived-bird-timeout");
        var silence = replay.Neighbour.Zip(replay.Neighbour.Skip(1))
            .First(pair => pair.First.State == BfdState.Up && pair.Second.Time - pair.First.Time > 400 * Millisecond);
        replay.Run(silence.First.Time + (300 * Millisecond) - 1);
        Assert.That(replay.Session.State, Is.EqualTo(BfdState.Up));
        replay.Run(silence.First.Time + (300 * Millisecond));
        Assert.That(
            (replay.Session.State, replay.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired)));
    }

    [Test]
    public void FrrAdminDown_IsFollowedAndMarked()
    {
        var replay = new Replay("bfd-keepalived-frr-admin-down");
        var adminDown = replay.Neighbour.First(frame => frame.State == BfdState.AdminDown);
        replay.Run(adminDown.Time);
        Assert.That(
            (replay.Session.State, replay.Session.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown)));
        Assert.That(replay.Changes[^1].IsAdministrative, Is.True);
        Assert.That(replay.Session.RemoteState, Is.EqualTo(BfdState.AdminDown));
    }

    /// <summary>The frames of the neighbour, and a session with the discriminator of the keepalived that it spoke to.</summary>
    private sealed class Replay
    {
        private readonly byte[] _buffer = new byte[BfdControlPacket.MaxSize];
        private int _next;
        private long _now;

        public Replay(string capture)
        {
            var frames = CapturedFrame.Load(capture, BfdPorts.SingleHop).ToArray();
            var keepalived = frames.First(frame => frame.Fields.GetProperty("port").GetString() == "a0");
            var discriminator = keepalived.Fields.GetProperty("my_disc").GetUInt32();
            Neighbour =
            [
                .. frames.Where(frame => frame.Fields.GetProperty("port").GetString() != "a0").Select(frame => new Heard(
                    (long)(frame.Fields.GetProperty("time").GetDouble() * Second),
                    Enum.Parse<BfdState>(frame.Fields.GetProperty("state").GetString()!),
                    frame.Fields.GetProperty("poll").GetBoolean(),
                    frame.Fields.GetProperty("tx").GetUInt32(),
                    frame.HopLimit,
                    frame.Payload)),
            ];
            Session = new BfdSession(
                new BfdPath { Remote = InetAddress.Parse("10.90.0.7") }, discriminator, SessionHarness.Fast, 0, new Random(1));
        }

        public Heard[] Neighbour { get; }

        public BfdSession Session { get; }

        public List<BfdAction> Changes { get; } = [];

        public List<long> FinalsSentAt { get; } = [];

        public void Run(long until)
        {
            while (true)
            {
                var heard = _next < Neighbour.Length ? Neighbour[_next].Time : long.MaxValue;
                var next = Math.Min(heard, Session.NextDeadline);
                if (next > until)
                    return;
                _now = Math.Max(_now, next);
                if (heard <= _now)
                {
                    var frame = Neighbour[_next++];
                    Assert.That(BfdControlPacket.TryParse(frame.Payload, out var packet), Is.EqualTo(BfdDiscardReason.None));
                    Session.HandlePacket(packet, frame.HopLimit, _now);
                }
                else
                {
                    Session.HandleTimeout(_now);
                }

                while (Session.TryDequeue(out var action))
                {
                    if (action.Kind == BfdActionKind.StateChanged)
                        Changes.Add(action);
                    else if (action.Kind == BfdActionKind.SendControl)
                        Session.WriteControl(action, _buffer);
                    if (action.IsFinal)
                        FinalsSentAt.Add(_now);
                }
            }
        }
    }

    private sealed record Heard(long Time, BfdState State, bool IsPoll, uint DesiredMinTx, int HopLimit, byte[] Payload);
}
