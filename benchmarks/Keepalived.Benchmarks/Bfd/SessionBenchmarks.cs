using BenchmarkDotNet.Attributes;
using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Benchmarks.Bfd;

/// <summary>The steps of a session that is up, in a table of 256: one packet in, one periodic packet out.</summary>
[MemoryDiagnoser]
public class SessionBenchmarks
{
    private const int Sessions = 256;

    private readonly BfdSessionTable _table = new();
    private readonly byte[] _received = new byte[BfdControlHeader.Size];
    private readonly byte[] _sent = new byte[BfdControlPacket.MaxSize];
    private readonly BfdPacketOrigin _origin = new() { Source = InetAddress.FromIPv4(0x0a000001), HopLimit = 255 };
    private BfdSession _session = null!;
    private long _now;

    [GlobalSetup]
    public void Setup()
    {
        var options = new BfdSessionOptions
        {
            DesiredMinTxInterval = TimeSpan.FromMilliseconds(10),
            RequiredMinRxInterval = TimeSpan.FromMilliseconds(10),
        };
        for (uint i = 1; i <= Sessions; i++)
        {
            _session = new BfdSession(new BfdPath { Remote = InetAddress.FromIPv4(0x0a000000 + i) }, i, options, _now, new Random(1));
            _table.Add(_session);
        }

        var header = new BfdControlHeader
        {
            State = BfdState.Init,
            DetectMultiplier = 255,
            MyDiscriminator = 1,
            YourDiscriminator = Sessions,
            DesiredMinTxInterval = 10_000,
            RequiredMinRxInterval = 10_000,
        };
        header.WriteTo(_received);
        Receive();
        Drain();
        (header with { State = BfdState.Up, Flags = BfdFlags.Final }).WriteTo(_received);
        Receive();
        (header with { State = BfdState.Up }).WriteTo(_received);
        Receive();
        if (_session.State != BfdState.Up || _session.IsPolling)
            throw new InvalidOperationException("The session did not come up.");
    }

    [Benchmark]
    public BfdDiscardReason Receive() => _table.HandleDatagram(_received, _origin, _now, out _);

    [Benchmark]
    public int Transmit()
    {
        // The periodic packet comes long before the detection time, which each step restarts.
        _now = _session.NextDeadline;
        _session.HandleTimeout(_now);
        var length = Drain();
        Receive();
        return length;
    }

    private int Drain()
    {
        var length = 0;
        while (_session.TryDequeue(out var action))
        {
            if (action.Kind == BfdActionKind.SendControl)
                length = _session.WriteControl(action, _sent);
        }

        return length;
    }
}
