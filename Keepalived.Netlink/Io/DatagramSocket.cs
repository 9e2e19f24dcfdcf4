using System.IO.Pipelines;
using System.Net.Sockets;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// A raw IP, packet or UDP socket on an <see cref="EventLoop"/> as a duplex pipe of <see cref="DatagramFrame"/>s. System.Net.Sockets
/// refuses most of these, and knows no hop limits, interfaces and batches.
/// <para>
/// Inbound, up to 32 datagrams a turn come with one recvmmsg. When the input pipe is full, because its reader stalls, the socket is not
/// read: the kernel's buffer takes what comes, and drops and counts what it cannot. Outbound, whatever was flushed in a turn leaves at
/// its end with one sendmmsg for 32 datagrams; when the kernel's buffer is full, sending waits and keeps the order; a datagram that the
/// kernel refuses is counted by its error, reported to <see cref="OnSendError"/> and skipped. The loop never blocks, and nothing is
/// allocated.
/// </para>
/// <para>
/// Options are those of ip(7), ipv6(7), packet(7) and socket(7); what both families of IP have goes by one name. Setting or reading one
/// throws <see cref="SystemCallException"/>, which names it, when the kernel refuses, and <see cref="InvalidOperationException"/> for an
/// option of IP on a packet socket. They may be used from any thread.
/// </para>
/// </summary>
public sealed partial class DatagramSocket : IDuplexPipe, IDisposable
{
    private const string RawHint = "It needs CAP_NET_RAW.";

    private static readonly Action<object?> CloseOnLoop = static state => ((DatagramSocket)state!).Close();

    private readonly EventLoop _loop;
    private readonly SocketHandle _socket;
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly PumpedPipeWriter _outputWriter;
    private readonly LoopRegistration _registration;
    private readonly Action _resumeInput;
    private readonly int _maxDatagramSize;
    private readonly string _kind;
    private bool _isInputPaused;
    private bool _isInputOver;
    private bool _isOutputPaused;
    private bool _isClosed;

    private DatagramSocket(EventLoop loop, SocketHandle socket, string kind, AddressFamily family, DatagramSocketOptions options)
    {
        (_loop, _socket, _kind, Family) = (loop, socket, kind, family);
        _maxDatagramSize = options.MaxDatagramSize;
        _input = CreatePipe(loop, options.InputCapacity, options.PreparedBytes);
        _output = CreatePipe(loop, options.OutputCapacity, options.PreparedBytes);
        _outputWriter = new PumpedPipeWriter(loop, _output.Writer, static state => ((DatagramSocket)state!).Pump(), this);
        _resumeInput = ResumeInput;
        _ = loop.SendBatch; // made now: the first datagram may be the one that everybody waits for
        _registration = loop.Register(
            socket, LoopReadiness.None, static (state, ready) => ((DatagramSocket)state!).HandleReadiness(ready), this);
    }

    /// <summary>The family: InterNetwork, InterNetworkV6 or Packet.</summary>
    public AddressFamily Family { get; }

    /// <summary>The datagrams received, as frames. Its reader resumes on the loop.</summary>
    public PipeReader Input => _input.Reader;

    /// <summary>
    /// The datagrams to send, as frames. Flush to send; what is flushed in one turn of the loop leaves together at its end.
    /// </summary>
    public PipeWriter Output => _outputWriter;

    /// <summary>What the socket did.</summary>
    public DatagramSocketCounters Counters { get; } = new();

    /// <summary>Called on the loop for each datagram that the kernel refused to send.</summary>
    public Action<DatagramSendError>? OnSendError { get; set; }

    /// <summary>
    /// Opens a raw IP socket. On IPv4 it receives whole IP headers, and sends with <see cref="HeaderIncluded"/> or without; on IPv6
    /// never. It hears its protocol on all interfaces until it is bound, so check the interface of what comes.
    /// </summary>
    /// <param name="loop">The loop it lives on.</param>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <param name="protocol">The IP protocol, 1 to 255: 112 for VRRP. 255 (IPPROTO_RAW) on IPv4 sends any protocol with its header
    /// included and receives nothing.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="SystemCallException">The kernel refused: EPERM without CAP_NET_RAW.</exception>
    public static DatagramSocket OpenRaw(EventLoop loop, AddressFamily family, int protocol, DatagramSocketOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(protocol, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(protocol, 255);
        var domain = IpDomain(family);
        return Open(loop, domain, Libc.SockRaw, protocol, $"raw {Ip(family)} socket for protocol {protocol}", family, options);
    }

    /// <summary>Opens a UDP socket. An IPv6 one is for IPv6 only.</summary>
    /// <param name="loop">The loop it lives on.</param>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static DatagramSocket OpenUdp(EventLoop loop, AddressFamily family, DatagramSocketOptions? options = null) =>
        Open(loop, IpDomain(family), Libc.SockDgram, 0, $"{Ip(family)} UDP socket", family, options);

    /// <summary>
    /// Opens a packet socket, which sends and receives frames with their link-layer header. What this machine sends is not heard.
    /// </summary>
    /// <param name="loop">The loop it lives on.</param>
    /// <param name="etherType">The Ethernet type to receive, 0x0003 (ETH_P_ALL) for all, 0 to send only.</param>
    /// <param name="interfaceIndex">The interface to receive from, and to send to when a frame names none; 0 for all.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="SystemCallException">The kernel refused: EPERM without CAP_NET_RAW, ENODEV without such an interface.</exception>
    public static DatagramSocket OpenPacket(
        EventLoop loop, ushort etherType = 0, int interfaceIndex = 0, DatagramSocketOptions? options = null)
    {
        // Opened with the protocol it would hear all interfaces until it is bound.
        var socket = Open(loop, Libc.AfPacket, Libc.SockRaw, 0, "packet socket", AddressFamily.Packet, options);
        try
        {
            socket.SetOption(Libc.SolPacket, Libc.PacketIgnoreOutgoing, "PACKET_IGNORE_OUTGOING", 1);
            if (etherType != 0 || interfaceIndex != 0)
                socket.BindPacket(interfaceIndex, etherType);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Called on the loop right after datagrams came into <see cref="Input"/>, before the timers of the turn. A reader that must see them
    /// before its deadlines reads here with <see cref="PipeReader.TryRead"/>, and never awaits. Set it before the loop can run.
    /// </summary>
    public Action? OnInput { get; set; }

    /// <summary>
    /// Receives whatever the kernel holds at this moment, or as much of it as the input pipe takes, without waiting for a turn; calls
    /// <see cref="OnInput"/> after each batch. For a reader that came late and must know what had arrived before it judges. On the loop only.
    /// </summary>
    /// <param name="limit">About how many datagrams are enough: whoever sends faster than they are read must not hold up the loop.</param>
    /// <returns>How many datagrams came.</returns>
    public long ReceivePending(long limit = long.MaxValue)
    {
        _loop.VerifyAccess();
        var before = Counters.Received;
        while (!_isInputPaused && !_isInputOver && !_isClosed && Receive() && Counters.Received - before < limit)
        {
        }

        return Counters.Received - before;
    }

    /// <summary>
    /// Sends what the output pipe holds as far as the kernel takes it at once, and closes the socket and both pipes. From outside the
    /// loop, it happens there soon.
    /// </summary>
    public void Dispose()
    {
        if (_loop.IsInLoop || !_loop.IsRunning)
            Close();
        else
            _loop.Schedule(CloseOnLoop, this);
    }

    /// <summary>What it is, such as "raw IPv4 socket for protocol 112".</summary>
    public override string ToString() => _kind;

    private static DatagramSocket Open(
        EventLoop loop, int domain, int type, int protocol, string kind, AddressFamily family, DatagramSocketOptions? options)
    {
        ArgumentNullException.ThrowIfNull(loop);
        options ??= new DatagramSocketOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDatagramSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxDatagramSize, DatagramFrame.MaxPayloadLength, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.InputCapacity, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.OutputCapacity, nameof(options));

        SocketHandle OpenSocket() => Libc.Socket(domain, type | Libc.CloseOnExec | Libc.NonBlocking, protocol)
            .ThrowIfInvalid($"open a {kind}", type == Libc.SockRaw ? RawHint : null);

        var handle = options.NetworkNamespace is { } networkNamespace ? networkNamespace.Run(OpenSocket) : OpenSocket();
        DatagramSocket? socket = null;
        try
        {
            socket = new DatagramSocket(loop, handle, kind, family, options);
            if (domain == Libc.AfInet6 && type == Libc.SockDgram)
                socket.SetOption(Libc.SolIpv6, Libc.Ipv6V6Only, "IPV6_V6ONLY", 1);
            if (!options.Filter.IsDefaultOrEmpty)
                socket.AttachFilter(options.Filter.AsSpan());
            socket.RequestControlMessages();
            socket.UpdateInterest();
            return socket;
        }
        catch
        {
            socket?._registration.Dispose();
            handle.Dispose();
            throw;
        }
    }

    private static Pipe CreatePipe(EventLoop loop, int capacity, int prepared)
    {
        var pipe = new Pipe(new PipeOptions(null, loop, loop, capacity, capacity / 2, useSynchronizationContext: false));
        if (prepared <= 0)
            return pipe;

        // Segments that were once in use stay with the pipe. Below the capacity a flush waits for nobody.
        for (var written = 0; written < prepared;)
        {
            var segment = pipe.Writer.GetMemory();
            written += segment.Length;
            if (written >= capacity)
                break;
            pipe.Writer.Advance(segment.Length);
        }

        _ = pipe.Writer.FlushAsync().AsTask();
        if (pipe.Reader.TryRead(out var result))
            pipe.Reader.AdvanceTo(result.Buffer.End);
        return pipe;
    }

    private static int IpDomain(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => Libc.AfInet,
        AddressFamily.InterNetworkV6 => Libc.AfInet6,
        _ => throw new ArgumentException($"{family} is not a family of IP.", nameof(family)),
    };

    private static string Ip(AddressFamily family) => family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    private void RequestControlMessages()
    {
        SetOption(Libc.SolSocket, Libc.SoRxqOvfl, "SO_RXQ_OVFL", 1);
        if (Family == AddressFamily.InterNetwork)
        {
            SetOption(Libc.SolIp, Libc.IpPktInfo, "IP_PKTINFO", 1);
            SetOption(Libc.SolIp, Libc.IpRecvTtl, "IP_RECVTTL", 1);
        }
        else if (Family == AddressFamily.InterNetworkV6)
        {
            SetOption(Libc.SolIpv6, Libc.Ipv6RecvPktInfo, "IPV6_RECVPKTINFO", 1);
            SetOption(Libc.SolIpv6, Libc.Ipv6RecvHopLimit, "IPV6_RECVHOPLIMIT", 1);
        }
    }

    private void UpdateInterest()
    {
        if (!_isClosed)
        {
            var input = _isInputPaused || _isInputOver ? LoopReadiness.None : LoopReadiness.Readable;
            var output = _isOutputPaused ? LoopReadiness.Writable : LoopReadiness.None;
            _registration.Modify(input | output);
        }
    }

    private void HandleReadiness(LoopReadiness ready)
    {
        if ((ready & LoopReadiness.Error) != 0)
            TakePendingError();
        if ((ready & LoopReadiness.Writable) != 0)
        {
            _isOutputPaused = false;
            UpdateInterest();
            Pump();
        }

        if ((ready & LoopReadiness.Readable) != 0 && !_isInputPaused && !_isInputOver && !_isClosed)
            Receive();
    }

    private void Close()
    {
        if (_isPumping)
        {
            // Called from OnSendError; the pump closes when it is through.
            _isCloseRequested = true;
            return;
        }

        if (_isClosed)
            return;
        _isCloseRequested = false;
        _isOutputPaused = false;
        Pump();
        if (_isClosed)
            return;
        CountAbandoned();
        Shut(null);
    }

    private void Shut(Exception? reason)
    {
        _isClosed = true;
        _registration.Dispose();
        _socket.Dispose();
        _output.Reader.Complete(reason);
        _input.Writer.Complete(reason);
    }
}
