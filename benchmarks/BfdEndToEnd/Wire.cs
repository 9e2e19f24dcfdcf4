using System.Buffers.Binary;
using System.Collections.Immutable;
using Keepalived.Netlink.Io;

namespace Keepalived.BfdEndToEnd;

/// <summary>
/// What goes over the wire, seen by a real-time thread; the same thread ticks each millisecond and so notices when the machine stalls.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const int Bfd = 14 + 20 + 8;
    private const int Vrrp = 14 + 20;
    private const byte VrrpProtocol = 112;
    private const long Tick = MonotonicClock.Millisecond;

    // Ethernet, IPv4 without options, UDP to port 3784, state other than Up. For classic BPF see linux/bpf_common.h.
    private static readonly ImmutableArray<SocketFilterInstruction> NotUp =
    [
        new(0x28, 0, 0, 36), new(0x15, 0, 4, 3784), new(0x30, 0, 0, Bfd + 1), new(0x54, 0, 0, 0xc0), new(0x15, 1, 0, 0xc0),
        new(0x06, 0, 0, 65535), new(0x06, 0, 0, 0),
    ];

    private readonly EventLoop _loop;
    private readonly NetworkNamespace _namespace;
    private readonly DatagramSocket _socket;
    private readonly LoopTimer _timer;
    private readonly byte[] _scratch = new byte[256];
    private readonly Dictionary<uint, int> _silences = [];
    private readonly List<(uint Source, long Time, byte State, byte Diagnostic)> _packets = [];
    private readonly List<(long Time, byte Priority)> _adverts = [];
    private readonly HashSet<uint> _silent = [];
    private readonly bool _downsOnly;
    private long _due;
    private long _longest;

    public Wire(NetworkNamespace place, bool downsOnly)
    {
        (_namespace, _downsOnly) = (place, downsOnly);
        _loop = new EventLoop(new EventLoopOptions { Name = "wire", RealTimePriority = 90, NetworkNamespace = place });
        var options = new DatagramSocketOptions { NetworkNamespace = place, MaxDatagramSize = 256, Filter = downsOnly ? NotUp : [] };

        // What this end sends is not heard here: it is the silences that the other end notices that count.
        _socket = DatagramSocket.OpenPacket(_loop, 0x0800, options: options);
        _socket.OnInput = Read;
        _timer = _loop.CreateTimer(static state => ((Wire)state!).OnTick(), this);
        _timer.Arm(_due = MonotonicClock.Now + Tick);
        _loop.Start();
    }

    /// <summary>Silences that the other end noticed.</summary>
    public int Detections
    {
        get
        {
            lock (_silences)
                return _silences.Values.Sum();
        }
    }

    public TimeSpan LongestStall => MonotonicClock.ToTimeSpan(Volatile.Read(ref _longest));

    public ImmutableArray<(uint Source, long Time, byte State, byte Diagnostic)> Packets
    {
        get
        {
            lock (_silences)
                return [.. _packets];
        }
    }

    /// <summary>VRRP adverts.</summary>
    public ImmutableArray<(long Time, byte Priority)> Adverts
    {
        get
        {
            lock (_silences)
                return [.. _adverts];
        }
    }

    /// <summary>Waits until the packets of the other end say that it is up, at the fast rate.</summary>
    public bool WaitUntilUp()
    {
        for (var waited = 0; waited < 100; waited++)
        {
            Reset();
            Thread.Sleep(200);
            if (Packets.Count(static packet => packet.State == 3) > 15)
                return true;
        }

        return false;
    }

    /// <summary>Waits some seconds for a fact.</summary>
    public bool WaitUntil(Func<Wire, bool> fact)
    {
        for (var waited = 0; waited < 100; waited++)
        {
            if (fact(this))
                return true;
            Thread.Sleep(100);
        }

        return false;
    }

    public void Reset()
    {
        lock (_silences)
        {
            _silences.Clear();
            _packets.Clear();
            _adverts.Clear();
        }

        Volatile.Write(ref _longest, 0);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _socket.Dispose();
        _namespace.Dispose();
    }

    private void OnTick()
    {
        var now = MonotonicClock.Now;
        if (now - _due > _longest)
            Volatile.Write(ref _longest, now - _due);
        _timer.Arm(_due = now + Tick);
    }

    private void Read()
    {
        lock (_silences)
        {
            while (_socket.Input.TryRead(out var result))
            {
                var rest = result.Buffer;
                while (DatagramFrame.TryRead(ref rest, _scratch, out var header, out var frame))
                    Note(frame, header.ArrivalTime);
                _socket.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                    return;
            }
        }
    }

    // A silence begins with a packet of state Down and diagnostic 1, which is repeated until the session is up again.
    private void Note(ReadOnlySpan<byte> frame, long time)
    {
        if (frame.Length >= Vrrp + 8 && frame[23] == VrrpProtocol)
            _adverts.Add((time, frame[Vrrp + 2]));
        if (frame.Length < Bfd + 24 || BinaryPrimitives.ReadUInt16BigEndian(frame[36..]) != 3784)
            return;
        var source = BinaryPrimitives.ReadUInt32BigEndian(frame[26..]);
        var (state, diagnostic) = ((byte)(frame[Bfd + 1] >> 6), (byte)(frame[Bfd] & 0x1f));
        if (!_downsOnly)
            _packets.Add((source, time, state, diagnostic));
        if (state != 1 || diagnostic != 1)
            _silent.Remove(source);
        else if (_silent.Add(source))
            _silences[source] = _silences.GetValueOrDefault(source) + 1;
    }
}
