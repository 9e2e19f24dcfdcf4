using System.Runtime.InteropServices;
using Keepalived.Interop.Tests.Lab.Interop;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// Records what the stations of a link send, at the bridge ports, with the kernel's timestamps. A filter in the kernel takes each frame
/// once, where it enters the bridge, and leaves out the ports that nobody asked for.
/// </summary>
internal sealed unsafe class Sniffer : IDisposable
{
    private const int SnapLength = 2048;
    private readonly int _socket;
    private readonly Dictionary<int, string> _ports = [];
    private readonly List<Frame> _frames = [];
    private readonly Thread _thread;
    private volatile bool _stopping;

    public Sniffer(string network, IReadOnlyCollection<string> ports)
    {
        _socket = Namespaces.Run(network, () =>
        {
            foreach (var port in ports)
                _ports.Add((int)Libc.InterfaceIndex(port), port);
            return Open([.. _ports.Keys]);
        });
        _thread = new Thread(Run) { IsBackground = true, Name = "sniffer" };
        _thread.Start();
    }

    /// <summary>Everything seen so far.</summary>
    public IReadOnlyList<Frame> Frames
    {
        get
        {
            lock (_frames)
                return [.. _frames];
        }
    }

    /// <summary>The adverts a station sent after <paramref name="since"/>.</summary>
    public IReadOnlyList<Frame> Adverts(string port, long since = 0) =>
        [.. Frames.Where(frame => frame.Port == port && frame.Advert is not null && frame.Time > since)];

    /// <summary>The BFD control packets that a station sent after <paramref name="since"/>.</summary>
    public IReadOnlyList<Frame> Bfd(string port, long since = 0) =>
        [.. Frames.Where(frame => frame.Port == port && frame.Bfd is not null && frame.Time > since)];

    /// <summary>The gratuitous ARPs and unsolicited advertisements that a station sent after <paramref name="since"/>.</summary>
    public IReadOnlyList<Frame> Announcements(string port, string address, long since = 0) =>
        [.. Frames.Where(frame => frame.Port == port && frame.Time > since && frame.Announcement?.Address.ToString() == address)];

    /// <summary>The first advert of a station after <paramref name="since"/> that matches; fails the test when none comes in time.</summary>
    public Frame Advert(string port, TimeSpan within, long since = 0, Func<Advert, bool>? match = null) =>
        Next(within, $"advert of {port}", frame => frame.Port == port && frame.Time > since
            && frame.Advert is { } advert && (match is null || match(advert)));

    /// <summary>The first announcement of an address by a station after <paramref name="since"/>.</summary>
    public Frame Announcement(string port, string address, TimeSpan within, long since = 0) =>
        Next(within, $"announcement of {address} by {port}", frame => frame.Port == port && frame.Time > since
            && frame.Announcement?.Address.ToString() == address);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _ = Libc.Close(_socket);
    }

    private Frame Next(TimeSpan within, string what, Func<Frame, bool> match)
    {
        var deadline = DateTime.UtcNow + within;
        lock (_frames)
        {
            for (var seen = 0; ;)
            {
                for (; seen < _frames.Count; seen++)
                {
                    if (match(_frames[seen]))
                        return _frames[seen];
                }
                var left = deadline - DateTime.UtcNow;
                if (left <= TimeSpan.Zero)
                    break;
                Monitor.Wait(_frames, left);
            }
        }
        Assert.Fail($"no {what} within {within.TotalSeconds:0.##} s");
        throw new TimeoutException(what);
    }

    private static int Open(int[] interfaces)
    {
        var socket = Libc.Check(Libc.Socket(Libc.PacketFamily, Libc.RawSocket | Libc.CloseOnExec, 0), "socket");
        var size = 32 << 20;
        Libc.Check(Libc.SetSocketOption(socket, Libc.SocketLevel, Libc.ReceiveBufferForce, &size, sizeof(int)), "SO_RCVBUFFORCE");
        var on = 1;
        Libc.Check(Libc.SetSocketOption(socket, Libc.SocketLevel, Libc.TimestampNanoseconds, &on, sizeof(int)), "SO_TIMESTAMPNS");
        var program = Filter(interfaces);
        fixed (Libc.FilterInstruction* first = program)
        {
            var filter = new Libc.FilterProgram { Length = (ushort)program.Length, Instructions = first };
            Libc.Check(Libc.SetSocketOption(socket, Libc.SocketLevel, Libc.AttachFilter, &filter, sizeof(Libc.FilterProgram)), "filter");
        }
        var everything = (ushort)System.Net.IPAddress.HostToNetworkOrder((short)Libc.AllProtocols);
        var address = new Libc.LinkLayerSocketAddress { Family = Libc.PacketFamily, Protocol = everything };
        Libc.Check(Libc.Bind(socket, address, sizeof(Libc.LinkLayerSocketAddress)), "bind");
        return socket;
    }

    /// <summary>Takes incoming frames of the given interfaces: not the copies that the bridge sends on.</summary>
    private static Libc.FilterInstruction[] Filter(int[] interfaces)
    {
        const ushort LoadWord = 0x20, JumpEqual = 0x15, Return = 0x06;
        const uint PacketType = 0xfffff000 + 4, InterfaceIndex = 0xfffff000 + 8, Outgoing = 4;
        var program = new List<Libc.FilterInstruction>
        {
            new(LoadWord, 0, 0, PacketType),
            new(JumpEqual, (byte)(interfaces.Length + 1), 0, Outgoing),
            new(LoadWord, 0, 0, InterfaceIndex),
        };
        for (var i = 0; i < interfaces.Length; i++)
            program.Add(new(JumpEqual, (byte)(interfaces.Length - i), 0, (uint)interfaces[i]));
        program.Add(new(Return, 0, 0, 0));
        program.Add(new(Return, 0, 0, SnapLength));
        return [.. program];
    }

    private void Run()
    {
        var buffer = new byte[SnapLength];
        while (!_stopping)
        {
            var readable = new Libc.PollDescriptor { Descriptor = _socket, Events = 1 };
            if (Libc.Poll(&readable, 1, 50) <= 0)
                continue;
            var frames = new List<Frame>();
            while (frames.Count < 1000 && Receive(buffer) is { } frame)
                frames.Add(frame);
            lock (_frames)
            {
                _frames.AddRange(frames);
                Monitor.PulseAll(_frames);
            }
        }
    }

    private Frame? Receive(byte[] buffer)
    {
        const int DoNotWait = 0x40;
        const int ControlSize = 64, TimestampOffset = 16;
        Libc.LinkLayerSocketAddress from;
        var control = stackalloc byte[ControlSize];
        fixed (byte* data = buffer)
        {
            var vector = new Libc.IoVector { Base = data, Length = (nuint)buffer.Length };
            var message = new Libc.MessageHeader
            {
                Name = &from,
                NameLength = (uint)sizeof(Libc.LinkLayerSocketAddress),
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = ControlSize,
            };
            var length = (int)Libc.ReceiveMessage(_socket, &message, DoNotWait);
            if (length < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                return error is Libc.TryAgain or Libc.Interrupted ? null : throw new IOException($"capture: errno {error}");
            }
            var seconds = *(long*)(control + TimestampOffset);
            var nanoseconds = *(long*)(control + TimestampOffset + sizeof(long));
            var time = message.ControlLength > TimestampOffset ? (seconds * WallClock.Second) + nanoseconds : WallClock.Now;
            return FrameDecoder.Decode(time, _ports[from.Interface], buffer[..length]);
        }
    }
}
