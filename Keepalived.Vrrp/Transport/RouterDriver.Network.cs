using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>The driver's view of interfaces, source address and socket.</summary>
internal sealed partial class RouterDriver
{
    // The machine's own fault for "no source address" has number 0.
    private static readonly VrrpFault SocketFault = new(VrrpFaultReason.NoSourceAddress, 1);
    private static readonly VrrpFault SourceMissingFault = new(VrrpFaultReason.NoSourceAddress, 2);

    private TrackedInterface[] _tracked = [];
    private int _nextTracked;
    private VrrpSocket? _socket;
    private bool _sourceKnown;

    /// <summary>The source address that the kernel does not have, on no interface; none if that is not what is missing.</summary>
    public InetAddress AwaitedSource
    {
        get;
        private set
        {
            field = value;
            if (value.IsNone)
                Context.AwaitingSource.Remove(this);
            else
                Context.AwaitingSource.Add(this);
        }
    }

    /// <summary>
    /// Compares with the interfaces as they are now, and tells the machine what changed. What speaks against us comes first, while there is
    /// still a socket for the last word; what speaks for us last, when everything is ready.
    /// </summary>
    public void UpdateNetwork(long now)
    {
        foreach (var tracked in _tracked)
        {
            if (!IsUp(tracked.Name))
                SetInterfaceState(tracked, false, now);
        }

        UpdateTrackedInterfaces(now);
        Drain();
        var own = Options.Interface is { } name ? Context.Interfaces.Find(name) : null;
        UpdateConfigurationFault(now);
        UpdatePlace(own, now);
        UpdatePromotion(own);
        var sender = FindSender(own);
        UpdateSource(own, sender, now);
        Drain();
        UpdateSocket(sender, now);
        foreach (var tracked in _tracked)
        {
            if (IsUp(tracked.Name))
                SetInterfaceState(tracked, true, now);
        }

        Drain();
    }

    /// <summary>Whether adverts of this sender are meant for this router, of several with its VRID.</summary>
    public bool HasPeer(InetAddress source)
    {
        foreach (var peer in Options.Peers.AsSpan())
        {
            if (peer.Address == source)
                return true;
        }

        return false;
    }

    private void SetTrackedInterfaces(VirtualRouterOptions options)
    {
        var wanted = new List<string>();
        if (options.TrackPrimaryInterface)
        {
            Add(options.Interface);
            Add(_own?.Name);
        }

        foreach (var device in options.TrackedDevices())
        {
            if (device != options.Interface)
                Add(device);
        }

        var kept = new List<TrackedInterface>(wanted.Count);
        foreach (var tracked in _tracked)
        {
            if (wanted.Remove(tracked.Name))
                kept.Add(tracked);
            else
                Router.SetFault(tracked.Fault, false, Context.Loop.Now);
        }

        foreach (var name in wanted)
        {
            var reason = _own is not null && name == options.Interface ? VrrpFaultReason.BaseInterfaceDown : VrrpFaultReason.InterfaceDown;
            kept.Add(new TrackedInterface(name, new VrrpFault(reason, _nextTracked++)));
        }

        _tracked = [.. kept];

        void Add(string? name)
        {
            if (name is not null && !wanted.Contains(name))
                wanted.Add(name);
        }
    }

    private void SetInterfaceState(TrackedInterface tracked, bool up, long now)
    {
        if (tracked.IsUp == up)
            return;
        if (tracked.IsUp is not null && up)
            Logger.InterfaceUp(Name, tracked.Name);
        else if (!up && Context.Interfaces.Find(tracked.Name) is null)
            Logger.InterfaceMissing(Name, tracked.Name);
        else if (!up)
            Logger.InterfaceDown(Name, tracked.Name);
        tracked.IsUp = up;
        Router.SetFault(tracked.Fault, !up, now);
    }

    private void UpdateSource(NetworkInterface? own, NetworkInterface? sender, long now)
    {
        var source = ConfiguredSource;
        var isMissing = Options.TrackSourceAddress && !(own?.Carries(source) ?? Context.Interfaces.Carries(source));
        Router.SetFault(SourceMissingFault, isMissing, now);
        if (source.IsNone)
            source = (HasOwnSource ? sender : own)?.ChooseSource(Options.EffectiveFamily, Router.SourceAddress, Context.IsVirtualAddress) ?? InetAddress.None;
        if (source == Router.SourceAddress && _sourceKnown)
            return;
        if (source.IsNone)
            Logger.NoSourceAddress(Name);
        else if (_sourceKnown)
            Logger.SourceAddressChanged(Name, source);
        _sourceKnown = true;
        Router.SetSourceAddress(source, now);
    }

    private void UpdateSocket(NetworkInterface? sender, long now)
    {
        var key = FindSocketKey(sender);
        if (_socket is not null && key == _socket.Key)
            return;
        CloseSocket();
        if (key is not { } wanted)
        {
            // What is missing is a fault already, unless nobody tracks it.
            Router.SetFault(SocketFault, Options.Interface is not null && sender is null, now);
            return;
        }

        InetAddress awaited = default;
        try
        {
            _socket = Context.Sockets.Acquire(wanted, this);
        }
        catch (SystemCallException e) when (e.Error == Errno.EADDRNOTAVAIL)
        {
            if (AwaitedSource != wanted.Local)
                Logger.SourceAddressMissing(Name, wanted.Local);
            awaited = wanted.Local;
        }
        catch (SystemCallException e)
        {
            Logger.CannotOpenSocket(e, Name, wanted.ToString());
        }

        AwaitedSource = awaited;
        Router.SetFault(SocketFault, _socket is null, now);
    }

    private SocketKey? FindSocketKey(NetworkInterface? sender)
    {
        if (Options.Interface is not null && sender is null)
            return null;
        if (Options.IsUnicast && Router.SourceAddress.IsNone)
            return null;
        var local = Options.IsUnicast ? Router.SourceAddress : Router.Options.EffectiveGroup;
        var protocol = Options.Authentication.IsAuthenticationHeader ? AuthenticationHeader.Protocol : VrrpAdvertisement.Protocol;
        return new SocketKey(Options.EffectiveFamily, protocol, sender?.Index ?? 0, sender?.Name ?? Options.BindDevice, local);
    }

    private void CloseSocket()
    {
        if (_socket is not null)
            Context.Sockets.Release(_socket, this);
        _socket = null;
    }

    private void Send(in VrrpAction action)
    {
        if (_socket is not { } socket)
        {
            Unsendable++;
            return;
        }

        var isIPv6 = Router.Options.Family == AddressFamily.InterNetworkV6;
        var utcNow = UtcNow;
        foreach (var destination in Router.Destinations)
        {
            var packet = Router.GetAdvertisement(action, destination, utcNow);
            // Over IPv4 source and TTL are in the packet; over IPv6 the kernel makes the header.
            var header = new DatagramHeader
            {
                Length = packet.Length,
                Destination = destination,
                Source = isIPv6 ? Router.SourceAddress : InetAddress.None,
                InterfaceIndex = isIPv6 ? socket.Key.InterfaceIndex : 0,
                HopLimit = isIPv6 && Options.IsUnicast && Options.UnicastHopLimit is { } limit ? limit : -1,
            };
            socket.Send(header, packet);
        }
    }
}
