using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Echo packets of one interface, to UDP port 3785. They are addressed to ourselves and carried to the neighbour by its link-layer
/// address, so that it forwards them back: no IP socket can send or receive such packets, hence a packet socket. It also returns the
/// echo packets of neighbours where the kernel does not forward. Lives on the loop.
/// </summary>
internal sealed class EchoPort : IDisposable
{
    private const int MaxFrame = 512;
    private const int Burst = 64 * 1024;
    private const int EthernetHeader = 14;

    // More than a socket buffer of the usual size holds.
    private const int DrainLimit = 1000;
    private const ushort EtherTypeIPv4 = 0x0800;
    private const ushort EtherTypeIPv6 = 0x86dd;
    private const long MinResolveInterval = 200 * MonotonicClock.Millisecond;

    private readonly EndpointContext _context;
    private readonly BfdSessionTable _table;
    private readonly DatagramSocket _socket;
    private readonly DatagramWriter _writer;
    private readonly byte[] _scratch = new byte[MaxFrame];
    private readonly Dictionary<InetAddress, LinkLayerAddress> _neighbors = [];
    private readonly Dictionary<InetAddress, Reflection> _reflections = [];
    private readonly int _ipHeader;
    private bool _isResolving;
    private long _nextResolve = long.MinValue;

    /// <summary>Opens it.</summary>
    /// <exception cref="SystemCallException">The kernel refused: EPERM without CAP_NET_RAW.</exception>
    public EchoPort(EndpointContext context, EchoPortKey key)
    {
        (_context, Key) = (context, key);
        _table = context.TableOf(key.Vrf);
        _ipHeader = key.Family == AddressFamily.InterNetwork ? UdpTemplate.IPv4HeaderLength : UdpTemplate.IPv6HeaderLength;
        _socket = DatagramSocket.OpenPacket(context.Loop, EtherType, key.InterfaceIndex, new DatagramSocketOptions
        {
            MaxDatagramSize = MaxFrame,
            PreparedBytes = Burst,
            Filter = EchoFilter.For(key.Family),
        });
        _socket.OnInput = Read;
        _writer = new DatagramWriter(_socket.Output);
    }

    public EchoPortKey Key { get; }

    /// <summary>How many sessions use it.</summary>
    public int Users { get; set; }

    private ushort EtherType => Key.Family == AddressFamily.InterNetwork ? EtherTypeIPv4 : EtherTypeIPv6;

    /// <summary>Writes the link-layer header of a packet to a neighbour; false while its address is not known, which is asked for.</summary>
    public bool TryAddress(InetAddress neighbor, Span<byte> header)
    {
        if (!_neighbors.TryGetValue(neighbor, out var address))
        {
            Resolve();
            return false;
        }

        address.Bytes[..6].CopyTo(header);
        _context.Links.AddressOf(Key.InterfaceIndex).Bytes[..6].CopyTo(header[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[12..], EtherType);
        return true;
    }

    /// <summary>The neighbour does not answer: it may have another link-layer address by now.</summary>
    public void Forget(InetAddress neighbor) => _neighbors.Remove(neighbor);

    /// <summary>Queues a frame, which leaves at the end of the turn.</summary>
    public void Send(ReadOnlySpan<byte> frame) => _writer.TryWrite(new DatagramHeader { Length = frame.Length }, frame);

    /// <summary>
    /// Returns the echo packets of a neighbour from now on, if they come no faster than it was told; zero ends that. Where the kernel
    /// forwards, it does so itself.
    /// </summary>
    public void ReflectFor(InetAddress neighbor, TimeSpan interval)
    {
        if (interval == TimeSpan.Zero || IsForwarding())
            _reflections.Remove(neighbor);
        else
            _reflections[neighbor] = new Reflection(MonotonicClock.FromTimeSpan(interval));
    }

    /// <summary>Handles everything that has arrived by now; not what a flood goes on bringing meanwhile.</summary>
    public void Drain() => _socket.ReceivePending(DrainLimit);

    public void Dispose() => _socket.Dispose();

    // Of the loop's thread, and so of its network namespace.
    private bool IsForwarding()
    {
        var family = Key.Family == AddressFamily.InterNetwork ? "ipv4" : "ipv6";
        try
        {
            return File.ReadAllText($"/proc/sys/net/{family}/conf/{_context.Links.NameOf(Key.InterfaceIndex)}/forwarding").Trim() != "0";
        }
        catch (IOException)
        {
            return false;
        }
    }

    // One reading of the table serves all who ask meanwhile.
    private async void Resolve()
    {
        if (_isResolving || _context.Loop.Now < _nextResolve)
            return;
        _isResolving = true;
        _nextResolve = _context.Loop.Now + MinResolveInterval;
        try
        {
            foreach (var entry in await _context.Route.GetNeighboursAsync(Key.Family, Key.InterfaceIndex).ConfigureAwait(true))
            {
                if (entry.LinkLayerAddress.Length == 6)
                    _neighbors[entry.Destination] = entry.LinkLayerAddress;
            }
        }
        catch (Exception e) when (e is IOException or NetlinkException or ObjectDisposedException or OperationCanceledException)
        {
            _context.Logger.NeighboursUnknown(e, Key.InterfaceIndex);
        }
        finally
        {
            _isResolving = false;
        }
    }

    private void Read()
    {
        while (_socket.Input.TryRead(out var result))
        {
            var rest = result.Buffer;
            while (DatagramFrame.TryRead(ref rest, _scratch, out var header, out var frame))
                Handle(frame, header.ArrivalTime);
            _socket.Input.AdvanceTo(rest.Start, rest.End);
            if (result.IsCompleted)
                return;
        }
    }

    private void Handle(ReadOnlySpan<byte> frame, long now)
    {
        if (!TryParse(frame, out var destination, out var hopLimit, out var payload))
            return;
        if (_reflections.TryGetValue(destination, out var reflection))
        {
            // Who claims to be a group would have all of it answered.
            var isFromGroup = (frame[6] & 1) != 0;
            if (hopLimit > 1 && !isFromGroup && reflection.TryTake(now))
                Return(frame);
            return;
        }

        _table.HandleEchoDatagram(payload, hopLimit, now, out var machine);
        switch (machine)
        {
            case BfdSession { Driver: ControlDriver driver }:
                driver.OnEcho();
                break;
            case BfdEchoSession { Driver: EchoDriver driver }:
                driver.OnEcho();
                break;
        }
    }

    // The filter has seen to it that this is UDP to port 3785.
    private bool TryParse(ReadOnlySpan<byte> frame, out InetAddress destination, out int hopLimit, out ReadOnlySpan<byte> payload)
    {
        destination = default;
        hopLimit = 0;
        payload = default;
        if (frame.Length < EthernetHeader + _ipHeader + UdpTemplate.UdpHeaderLength)
            return false;
        var ip = frame[EthernetHeader..];
        var isIPv4 = Key.Family == AddressFamily.InterNetwork;
        if (ip[0] >> 4 != (isIPv4 ? 4 : 6))
            return false;
        var headerLength = isIPv4 ? (ip[0] & 0xf) * 4 : UdpTemplate.IPv6HeaderLength;
        if (headerLength < _ipHeader || ip.Length < headerLength + UdpTemplate.UdpHeaderLength)
            return false;
        destination = InetAddress.FromBytes(isIPv4 ? ip.Slice(16, 4) : ip.Slice(24, 16));
        hopLimit = isIPv4 ? ip[8] : ip[7];
        var udp = ip[headerLength..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        if (length < UdpTemplate.UdpHeaderLength || length > udp.Length)
            return false;
        payload = udp[UdpTemplate.UdpHeaderLength..length];
        return true;
    }

    // As a router would: back to where it came from, with a hop less.
    private void Return(ReadOnlySpan<byte> frame)
    {
        Span<byte> copy = stackalloc byte[MaxFrame];
        copy = copy[..frame.Length];
        frame.CopyTo(copy);
        frame.Slice(6, 6).CopyTo(copy);
        _context.Links.AddressOf(Key.InterfaceIndex).Bytes[..6].CopyTo(copy[6..]);
        var ip = copy[EthernetHeader..];
        if (Key.Family == AddressFamily.InterNetwork)
        {
            var before = BinaryPrimitives.ReadUInt16BigEndian(ip[8..]);
            ip[8]--;
            var checksum = BinaryPrimitives.ReadUInt16BigEndian(ip[10..]);
            var after = BinaryPrimitives.ReadUInt16BigEndian(ip[8..]);
            BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Update(checksum, before, after));
        }
        else
        {
            ip[7]--;
        }

        Send(copy);
    }

    /// <summary>Echo packets that are returned: no more than the neighbour was promised, with room for jitter and bursts.</summary>
    private sealed class Reflection(long interval)
    {
        private const int Burst = 4;
        private long _next;

        public bool TryTake(long now)
        {
            var spacing = interval / 2;
            if (now < _next - (Burst * spacing))
                return false;
            _next = Math.Max(_next, now) + spacing;
            return true;
        }
    }
}
