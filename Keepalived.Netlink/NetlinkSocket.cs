using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink;

/// <summary>
/// A netlink socket as a duplex pipe of netlink messages, on an <see cref="EventLoop"/>.
/// <para>
/// In: whole messages, padded to 4 bytes, one datagram a flush; the reader's continuations run inside the loop's readiness callback.
/// Where the socket reports a loss the stream has a message of type <see cref="Wire.NetlinkMessageType.Overrun"/>. Datagrams that do not
/// come from the kernel are ignored.
/// </para>
/// <para>
/// Out: what was written since the last flush is one sendmsg(2), done in the flush. The kernel answers requests before sendmsg returns,
/// so a flush on the loop's thread then receives at once, and the reader sees the answers before the flush returns.
/// </para>
/// </summary>
public sealed partial class NetlinkSocket : IDuplexPipe, IDisposable
{
    private const int SolNetlink = 270;
    private const int AddMembership = 1;
    private const int DropMembership = 2;
    private const int CapAck = 10;
    private const int ExtAck = 11;
    private const int GetStrictCheck = 12;

    private readonly EventLoop _loop;
    private readonly SocketHandle _handle;
    private readonly NetlinkSocketWriter _output;
    private readonly Pipe _input = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        useSynchronizationContext: false));
    private readonly LoopRegistration _registration;
    private bool _isReceiving;
    private volatile bool _isDisposed;

    private NetlinkSocket(EventLoop loop, SocketHandle handle)
    {
        _loop = loop;
        _handle = handle;
        _output = new NetlinkSocketWriter(this);
        PortId = ReadPortId();
        _registration = loop.Register(handle, LoopReadiness.Readable, static (state, _) => ((NetlinkSocket)state!).Receive(), this);
    }

    /// <inheritdoc/>
    public PipeReader Input => _input.Reader;

    /// <inheritdoc/>
    public PipeWriter Output => _output;

    /// <summary>The port id that the kernel gave the socket: the address of its answers.</summary>
    public uint PortId { get; }

    /// <summary>What was counted so far.</summary>
    public NetlinkSocketCounters Counters => new(
        Volatile.Read(ref _received),
        Volatile.Read(ref _sent),
        Volatile.Read(ref _foreign),
        Volatile.Read(ref _overruns),
        Volatile.Read(ref _truncated),
        Volatile.Read(ref _malformed));

    /// <summary>
    /// Opens a socket, binds it, asks for extended and capped acknowledgements and strict checking of dump requests, and joins the
    /// groups. It is bound before it joins: an unbound one hears nothing.
    /// </summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static NetlinkSocket Open(EventLoop loop, NetlinkProtocol protocol, NetlinkSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        options ??= new NetlinkSocketOptions();
        var handle = options.NetworkNamespace is { } networkNamespace
            ? networkNamespace.Run(() => OpenHandle(protocol))
            : OpenHandle(protocol);
        try
        {
            Configure(handle, options);
            return new NetlinkSocket(loop, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Joins a multicast group.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void JoinGroup(uint group) => SetOption(_handle, SolNetlink, AddMembership, (int)group, "join a netlink multicast group");

    /// <summary>Leaves a multicast group.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void LeaveGroup(uint group) => SetOption(_handle, SolNetlink, DropMembership, (int)group, "leave a netlink multicast group");

    /// <summary>Closes the socket and ends the pipe of <see cref="Input"/>. May be called from any thread.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _registration.Dispose();
        _handle.Dispose();
        if (!_loop.IsInLoop)
            _loop.Schedule(static state => ((NetlinkSocket)state!).CompleteInput(null), this);
        else if (!_isReceiving)
            CompleteInput(null);
    }

    private static SocketHandle OpenHandle(NetlinkProtocol protocol) =>
        Libc.Socket(Libc.AfNetlink, Libc.SockRaw | Libc.CloseOnExec | Libc.NonBlocking, (int)protocol)
            .ThrowIfInvalid($"open a netlink socket ({protocol})");

    private static unsafe void Configure(SocketHandle handle, NetlinkSocketOptions options)
    {
        var size = options.ReceiveBufferSize;
        if (size > 0 && !(options.ForceReceiveBuffer && Libc.SetSockOpt(handle, Libc.SolSocket, Libc.SoRcvBufForce, &size, sizeof(int)) == 0))
            SetOption(handle, Libc.SolSocket, Libc.SoRcvBuf, size, "set the receive buffer of a netlink socket");
        size = options.SendBufferSize;
        if (size > 0 && Libc.SetSockOpt(handle, Libc.SolSocket, Libc.SoSndBufForce, &size, sizeof(int)) != 0)
            SetOption(handle, Libc.SolSocket, Libc.SoSndBuf, size, "set the send buffer of a netlink socket");
        var address = new SockAddrNetlink { Family = Libc.AfNetlink };
        if (Libc.Bind(handle, &address, (uint)sizeof(SockAddrNetlink)) != 0)
            throw SystemCallException.FromLastError("bind a netlink socket");
        SetOption(handle, SolNetlink, ExtAck, 1, "ask for extended netlink acknowledgements");
        SetOption(handle, SolNetlink, CapAck, 1, "ask for short netlink acknowledgements");
        // Linux before 4.20 lacks it and sends more than was asked for, so that clients filter as well.
        var on = 1;
        if (Libc.SetSockOpt(handle, SolNetlink, GetStrictCheck, &on, sizeof(int)) != 0
            && Marshal.GetLastPInvokeError() != (int)Errno.ENOPROTOOPT)
            throw SystemCallException.FromLastError("ask for strict netlink checking");
        foreach (var group in options.Groups)
            SetOption(handle, SolNetlink, AddMembership, (int)group, $"join netlink multicast group {group}");
    }

    private static unsafe void SetOption(SocketHandle handle, int level, int option, int value, string operation)
    {
        if (Libc.SetSockOpt(handle, level, option, &value, sizeof(int)) != 0)
            throw SystemCallException.FromLastError(operation);
    }

    private unsafe uint ReadPortId()
    {
        SockAddrNetlink address;
        var length = (uint)sizeof(SockAddrNetlink);
        return Libc.GetSockName(_handle, &address, &length) == 0
            ? address.PortId
            : throw SystemCallException.FromLastError("read the port of a netlink socket");
    }

    private void CompleteInput(Exception? exception) => _input.Writer.Complete(exception);

    /// <summary>struct sockaddr_nl.</summary>
    private struct SockAddrNetlink
    {
        public ushort Family;
        public ushort Padding;
        public uint PortId;
        public uint Groups;
    }
}
