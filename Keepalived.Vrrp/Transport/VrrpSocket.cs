using System.Buffers;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// A raw socket for protocol 112, or 51 with authentication headers, that several routers share: datagrams go to the router with their
/// VRID, adverts of all of them leave together at the end of a turn. It is bound to the multicast group, so that it hears no unicast, or
/// to the unicast source. Lives on the loop.
/// </summary>
internal sealed class VrrpSocket : IDisposable
{
    private const int InternetworkControl = 0xc0;
    private const int ChecksumOffset = 6;
    private const int MinIPv4Header = 20;
    private const int VirtualRouterIdOffset = 1;

    // Above the longest advert: 255 addresses are 1080 bytes with the headers of IPv4, 4116 with the trailer over IPv6.
    private const int MaxDatagramIPv4 = 2048;
    public const int MaxDatagramIPv6 = 4608;
    private const long ErrorLogInterval = 10 * MonotonicClock.Second;

    private readonly TransportContext _context;
    private readonly DatagramSocket _socket;
    private readonly DatagramWriter _writer;
    private readonly Dictionary<byte, RouterDriver> _routers = [];
    private int _count;
    private int _receiveBuffers;
    private long _nextErrorLog = long.MinValue;
    private long _nextUnknownLog = long.MinValue;

    /// <summary>Opens and binds it.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public VrrpSocket(TransportContext context, SocketKey key)
    {
        (_context, Key) = (context, key);
        _socket = DatagramSocket.OpenRaw(context.Loop, key.Family, key.Protocol, new DatagramSocketOptions
        {
            MaxDatagramSize = key.Family == AddressFamily.InterNetworkV6 ? MaxDatagramIPv6 : MaxDatagramIPv4,
        });
        try
        {
            Configure();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        _socket.OnSendError = OnSendError;
        _writer = new DatagramWriter(_socket.Output);
        Receive();
    }

    public SocketKey Key { get; }

    public bool IsUnused => _count == 0;

    public void Add(RouterDriver driver)
    {
        driver.NextOnSocket = _routers.GetValueOrDefault(driver.Options.VirtualRouterId);
        _routers[driver.Options.VirtualRouterId] = driver;
        _count++;
        UpdateFilter();
        ChangeReceiveBuffer(driver.Options.ReceiveBufferSize);
    }

    public void Remove(RouterDriver driver)
    {
        var id = driver.Options.VirtualRouterId;
        var first = _routers.GetValueOrDefault(id);
        if (first != driver)
        {
            for (var before = first; before is not null; before = before.NextOnSocket)
            {
                if (before.NextOnSocket == driver)
                    before.NextOnSocket = driver.NextOnSocket;
            }
        }
        else if (driver.NextOnSocket is { } next)
        {
            _routers[id] = next;
        }
        else
        {
            _routers.Remove(id);
        }

        driver.NextOnSocket = null;
        _count--;
        UpdateFilter();
    }

    /// <summary>
    /// Queues a datagram, which leaves at the end of the turn. While the kernel takes no more, datagrams are dropped and counted.
    /// </summary>
    public void Send(in DatagramHeader header, ReadOnlySpan<byte> packet)
    {
        if (!_writer.TryWrite(header, packet))
            OnSendError(new DatagramSendError(Errno.ENOBUFS, header));
    }

    public void Dispose() => _socket.Dispose();

    private void Configure()
    {
        var isIPv6 = Key.Family == AddressFamily.InterNetworkV6;
        if (Key.Device is { } device)
            _socket.BindToDevice(device);
        _socket.MulticastAll = false;
        _socket.TrafficClass = InternetworkControl;
        if (isIPv6)
            _socket.ChecksumOffset = ChecksumOffset;
        else
            _socket.HeaderIncluded = true;
        if (Key.IsMulticast)
        {
            _socket.JoinGroup(Key.Local, Key.InterfaceIndex);
            // The report of a virtual interface is dropped: where the kernel cannot send it by its base, the base has to be in the group itself.
            if (_context.Filter is { CopiesReports: false } && _context.Virtual.Find(Key.InterfaceIndex) is { Wish.IsMacvlan: true } own)
                _socket.JoinGroup(Key.Local, own.BaseIndex);
            _socket.SetMulticastInterface(Key.InterfaceIndex);
            _socket.MulticastLoopback = false;
            _socket.MulticastHops = 255;
        }
        _socket.Bind(Key.Local, interfaceIndex: isIPv6 ? Key.InterfaceIndex : 0);
    }

    /// <summary>Begins anew with what is heard, as the options now want it.</summary>
    public void RenewFilter()
    {
        _socket.AcceptAll();
        UpdateFilter();
    }

    /// <summary>
    /// All virtual interfaces on one base hear the adverts of all routers there: each is woken for its own only.
    /// </summary>
    private void UpdateFilter()
    {
        if (_count == 0 || _context.Options.LogUnknownVirtualRouterIds || _context.Virtual.Find(Key.InterfaceIndex) is null)
            return;
        _socket.AcceptOnly(
            VirtualRouterIdOffset + (Key.Protocol == AuthenticationHeader.Protocol ? AuthenticationHeader.Length : 0), [.. _routers.Keys]);
    }

    private void ChangeReceiveBuffer(int bytes)
    {
        if (bytes <= 0)
            return;
        _receiveBuffers += bytes;
        _socket.ReceiveBufferSize = _receiveBuffers;
    }

    // One state machine for the life of the socket: what it awaits is the pipe itself, so nothing is allocated. Nobody awaits it: an
    // exception that nobody expects goes to the loop, which does not hide it.
    private async void Receive()
    {
        try
        {
            while (true)
            {
                var result = await _socket.Input.ReadAsync().ConfigureAwait(true);
                var rest = result.Buffer;
                Handle(ref rest);
                _socket.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            _context.Logger.ReceiveFailed(e, Key.ToString());
        }
    }

    private void Handle(ref ReadOnlySequence<byte> buffer)
    {
        while (DatagramFrame.TryRead(ref buffer, _context.Sockets.Scratch, out var header, out var packet))
            Handle(header, packet);
    }

    private void Handle(in DatagramHeader header, ReadOnlySpan<byte> packet)
    {
        // Between its opening and its binding the socket hears all interfaces.
        if (Key.InterfaceIndex != 0 && header.InterfaceIndex != 0 && header.InterfaceIndex != Key.InterfaceIndex)
            return;
        if (!TryReadVirtualRouterId(packet, out var id))
        {
            _context.Sockets.CountMalformed();
            return;
        }

        if (FindRouter(_routers.GetValueOrDefault(id), header.Source) is { } driver)
            driver.HandleDatagram(header, packet, _context.Loop.Now);
        else
            OnUnknownRouter(id, header.Source);
    }

    private bool TryReadVirtualRouterId(ReadOnlySpan<byte> packet, out byte id)
    {
        var offset = 0;
        if (Key.Family == AddressFamily.InterNetwork)
        {
            if (packet.Length < MinIPv4Header)
            {
                id = 0;
                return false;
            }

            offset = (packet[0] & 0xf) * 4;
            if (Key.Protocol == AuthenticationHeader.Protocol)
                offset += AuthenticationHeader.Length;
        }

        id = packet.Length > offset + 1 ? packet[offset + 1] : (byte)0;
        return packet.Length > offset + 1;
    }

    /// <summary>Several unicast routers may share VRID and socket: the sender tells which one is meant.</summary>
    private static RouterDriver? FindRouter(RouterDriver? first, InetAddress source)
    {
        if (first?.NextOnSocket is null)
            return first;
        for (var driver = first; driver is not null; driver = driver.NextOnSocket)
        {
            if (driver.HasPeer(source))
                return driver;
        }

        return null;
    }

    private void OnUnknownRouter(byte id, InetAddress source)
    {
        if (IsKnownElsewhere(id))
            return;
        _context.Sockets.CountUnknownVirtualRouterId();
        if (!_context.Options.LogUnknownVirtualRouterIds || _context.Loop.Now < _nextUnknownLog)
            return;
        _nextUnknownLog = _context.Loop.Now + ErrorLogInterval;
        _context.Logger.UnknownVirtualRouter(id, source, Key.ToString());
    }

    /// <summary>Whether it is that of a router of ours on the same wire, with a virtual interface of its own.</summary>
    private bool IsKnownElsewhere(byte id)
    {
        if (_context.Virtual.Find(Key.InterfaceIndex) is not { } own)
            return false;
        foreach (var driver in _context.Drivers)
        {
            if (driver.Options.VirtualRouterId == id && driver.Options.Interface == own.Wish.Base && driver.Options.EffectiveFamily == Key.Family)
                return true;
        }

        return false;
    }

    private void OnSendError(DatagramSendError error)
    {
        _context.Sockets.CountSendError();
        if (_context.Loop.Now < _nextErrorLog)
            return;
        _nextErrorLog = _context.Loop.Now + ErrorLogInterval;
        _context.Logger.SendFailed(Key.ToString(), error.Error, _context.Sockets.SendErrors);
    }
}
