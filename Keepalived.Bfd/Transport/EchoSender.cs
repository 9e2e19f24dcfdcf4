using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Transport;

/// <summary>The echo packets of one session: a template, and the port of its interface.</summary>
internal sealed class EchoSender : IDisposable
{
    private readonly EndpointContext _context;
    private readonly BfdNeighborOptions _options;
    private readonly EchoPort _port;
    private readonly int _maxPayload;
    private readonly byte[] _unaddressed;
    private UdpTemplate? _template;
    private bool _isUnresolvedTold;

    /// <summary>Opens the port of the interface if it is the first use.</summary>
    /// <exception cref="SystemCallException">The kernel refused: EPERM without CAP_NET_RAW.</exception>
    public EchoSender(EndpointContext context, BfdNeighborOptions options, int interfaceIndex, int maxPayload, InetAddress local)
    {
        (_context, _options, _maxPayload) = (context, options, maxPayload);
        _unaddressed = new byte[maxPayload];
        _port = context.Acquire(new EchoPortKey(interfaceIndex, options.Address.Family, options.Vrf));
        UseLocal(local);
    }

    /// <summary>Where the payload is to be written.</summary>
    public Span<byte> Payload => _template is { } template ? template.Payload : _unaddressed;

    /// <summary>Packets go from this address to itself; none are sent while there is none.</summary>
    public void UseLocal(InetAddress local) => _template = local.IsNone ? null : new UdpTemplate(
        local, local, BfdPorts.Echo, BfdPorts.Echo, byte.MaxValue, _options.TrafficClass, _maxPayload);

    /// <summary>Sends what was written to <see cref="Payload"/>; false while the neighbour's link-layer address is not known.</summary>
    public bool Send(int length)
    {
        if (_template is not { } template)
            return false;
        if (!_port.TryAddress(_options.Address, template.LinkLayerHeader))
        {
            if (!_isUnresolvedTold)
                _context.Logger.EchoUnresolved(_options.Name, _options.Address);
            _isUnresolvedTold = true;
            return false;
        }

        _isUnresolvedTold = false;
        _port.Send(template.CompleteFrame(length));
        return true;
    }

    /// <summary>Handles everything that has come back by now.</summary>
    public void Drain() => _port.Drain();

    /// <summary>The neighbour may have another link-layer address by now.</summary>
    public void Forget() => _port.Forget(_options.Address);

    /// <summary>Returns the neighbour's echo packets from now on; zero ends that.</summary>
    public void ReflectFor(TimeSpan interval) => _port.ReflectFor(_options.Address, interval);

    public void Dispose()
    {
        ReflectFor(TimeSpan.Zero);
        _context.Release(_port);
    }
}
