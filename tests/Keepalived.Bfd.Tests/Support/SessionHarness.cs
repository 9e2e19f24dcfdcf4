using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Tests.Support;

/// <summary>One session under virtual time, with a neighbour that says what the test wants.</summary>
internal sealed class SessionHarness
{
    public const long Second = MonotonicClock.Second;
    public const long Millisecond = MonotonicClock.Millisecond;
    public const uint Mine = 0x22222222;
    public const uint Theirs = 0x11111111;

    private readonly byte[] _buffer = new byte[BfdControlPacket.MaxSize];

    public SessionHarness(BfdSessionOptions? options = null, bool isMultihop = false, int seed = 1)
    {
        Options = options ?? Fast;
        Session = new BfdSession(
            new BfdPath { Remote = InetAddress.Parse("10.90.0.7"), IsMultihop = isMultihop }, Mine, Options, Now, new Random(seed));
    }

    /// <summary>100 ms by 3, as in most captures.</summary>
    public static BfdSessionOptions Fast { get; } = new()
    {
        DesiredMinTxInterval = TimeSpan.FromMilliseconds(100),
        RequiredMinRxInterval = TimeSpan.FromMilliseconds(100),
        DetectMultiplier = 3,
    };

    public BfdSessionOptions Options { get; }

    public BfdSession Session { get; }

    public long Now { get; private set; } = 1000 * Second;

    /// <summary>What the neighbour says next; tests change it.</summary>
    public BfdControlHeader Peer { get; set; } = new()
    {
        State = BfdState.Down,
        DetectMultiplier = 3,
        MyDiscriminator = Theirs,
        DesiredMinTxInterval = 100_000,
        RequiredMinRxInterval = 100_000,
    };

    public List<SentPacket> Sent { get; } = [];

    public List<BfdAction> Changes { get; } = [];

    /// <summary>Whether the neighbour sends echo packets back, at once.</summary>
    public bool ReturnsEchoes { get; set; } = true;

    public List<long> EchoTimes { get; } = [];

    public List<byte[]> Echoes { get; } = [];

    public int AdminDownAnnounced { get; private set; }

    public SentPacket Last => Sent[^1];

    public void Drain()
    {
        while (Session.TryDequeue(out var action))
        {
            switch (action.Kind)
            {
                case BfdActionKind.SendControl:
                    var bytes = _buffer[..Session.WriteControl(action, _buffer)];
                    Assert.That(BfdControlPacket.TryParse(bytes, out var packet), Is.EqualTo(BfdDiscardReason.None));
                    Sent.Add(new SentPacket(Now, packet.Header, bytes));
                    break;
                case BfdActionKind.SendEcho:
                    var echo = new byte[BfdEchoPacket.Size];
                    Session.WriteEcho(action, echo, Now);
                    EchoTimes.Add(Now);
                    Echoes.Add(echo);
                    if (ReturnsEchoes)
                        Assert.That(Session.HandleEcho(echo, Now), Is.EqualTo(BfdDiscardReason.None));
                    break;
                case BfdActionKind.StateChanged:
                    Changes.Add(action);
                    break;
                case BfdActionKind.AdminDownAnnounced:
                    AdminDownAnnounced++;
                    break;
            }
        }
    }

    /// <summary>Lets time pass, serving every deadline on its nanosecond.</summary>
    public void Advance(long duration)
    {
        var end = Now + duration;
        var guard = new LivelockGuard();
        while (Session.NextDeadline <= end)
        {
            Now = Math.Max(Now, Session.NextDeadline);
            guard.Turn(Now);
            Session.HandleTimeout(Now);
            Drain();
        }

        Now = end;
    }

    /// <summary>
    /// Lets time pass while the neighbour goes on sending what <see cref="Peer"/> says every <paramref name="interval"/>.
    /// </summary>
    public void AdvanceAlive(long duration, long interval = 80 * Millisecond)
    {
        for (var end = Now + duration; Now < end;)
        {
            Advance(Math.Min(interval, end - Now));
            Receive(Peer);
        }
    }

    /// <summary>Lets time pass without serving deadlines: a driver that sleeps.</summary>
    public void Sleep(long duration) => Now += duration;

    public BfdDiscardReason Receive(BfdState state, BfdFlags flags = BfdFlags.None) =>
        Receive(Peer with { State = state, Flags = flags | Peer.Flags });

    public BfdDiscardReason Receive(BfdControlHeader header, int hopLimit = 255, BfdKey? key = null, uint sequence = 0)
    {
        if (header.YourDiscriminator == 0 && header.State is BfdState.Init or BfdState.Up)
            header = header with { YourDiscriminator = Mine };
        Span<byte> bytes = stackalloc byte[BfdControlPacket.MaxSize];
        var length = header.WriteTo(bytes);
        if (key is not null)
            length = key.Sign(bytes, sequence);
        return ReceiveBytes(bytes[..length], hopLimit);
    }

    public BfdDiscardReason ReceiveBytes(ReadOnlySpan<byte> bytes, int hopLimit = 255)
    {
        var reason = BfdControlPacket.TryParse(bytes, out var packet);
        if (reason == BfdDiscardReason.None)
            reason = Session.HandlePacket(packet, hopLimit, Now);
        Drain();
        return reason;
    }

    /// <summary>Brings the session up, its poll answered, the neighbour up as well; then forgets what was sent so far.</summary>
    public SessionHarness BringUp()
    {
        Advance(0);
        Receive(BfdState.Init);
        Peer = Peer with { State = BfdState.Up };
        AdvanceAlive(Session.TransmitInterval);
        Receive(BfdState.Up, BfdFlags.Final);
        Receive(BfdState.Up);
        if (Session.IsPolling)
        {
            // Echo and demand mode have their own poll once up.
            AdvanceAlive(Session.TransmitInterval);
            Receive(BfdState.Up, BfdFlags.Final);
            Receive(BfdState.Up);
        }

        Assert.That((Session.State, Session.IsPolling), Is.EqualTo((BfdState.Up, false)), "the session did not come up");
        Sent.Clear();
        Changes.Clear();
        return this;
    }

    internal readonly record struct SentPacket(long Time, BfdControlHeader Header, byte[] Bytes)
    {
        public bool IsPoll => (Header.Flags & BfdFlags.Poll) != 0;

        public bool IsFinal => (Header.Flags & BfdFlags.Final) != 0;

        public bool IsDemand => (Header.Flags & BfdFlags.Demand) != 0;
    }
}
