using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Wire;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Tells the neighbours where an address is now: gratuitous ARP and unsolicited neighbour advertisements, through one packet socket for all
/// interfaces, spaced out where the options say so. Lives on the loop.
/// </summary>
internal sealed class Announcer(TransportContext context) : IDisposable
{
    // A burst of five rounds for many thousands of addresses waits here until the kernel has taken it.
    private const int OutputCapacity = 16 * 1024 * 1024;

    private readonly byte[] _frame = new byte[Math.Max(GratuitousArp.MaxLength, NeighbourAdvertisement.MaxLength)];
    private readonly Dictionary<PacerKey, PacedInterface> _pacers = [];
    private readonly ForwardingFlags _forwarding = new();
    private readonly HashSet<int> _announced = [];
    private DatagramSocket? _socket;
    private DatagramWriter? _writer;

    /// <summary>Opens the socket, so that the first announcement does not have to.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void Open()
    {
        if (_socket is not null)
            return;
        _socket = DatagramSocket.OpenPacket(context.Loop, options: new DatagramSocketOptions { OutputCapacity = OutputCapacity });
        _socket.OnSendError = _ => context.Sockets.CountSendError();
        _writer = new DatagramWriter(_socket.Output);
    }

    /// <summary>Announces every address of a router that is set, <paramref name="rounds"/> times.</summary>
    public void Announce(RouterDriver driver, int rounds)
    {
        foreach (var kept in driver.Kept.Wanted)
        {
            if (kept is KeptAddress { IsSet: true } address)
                _ = Enqueue(driver, address, rounds);
        }

        foreach (var paced in _pacers.Values)
            Send(paced);
    }

    /// <summary>
    /// Announces one address of each interface where the router sends no adverts: of the virtual MAC interfaces, or of all.
    /// </summary>
    public void AnnounceExtra(RouterDriver driver, bool all)
    {
        _announced.Clear();
        foreach (var kept in driver.Kept.Wanted)
        {
            if (kept is KeptAddress { IsSet: true } address && address.InterfaceIndex != driver.AdvertInterfaceIndex
                && (all || context.Virtual.Find(address.InterfaceIndex) is not null) && _announced.Add(address.InterfaceIndex))
                Announce(driver, address);
        }
    }

    /// <summary>Announces one address, once.</summary>
    public void Announce(RouterDriver driver, KeptAddress address) => Send(Enqueue(driver, address, 1));

    /// <summary>Announces where the router's own source address is.</summary>
    public void AnnounceSource(RouterDriver driver)
    {
        if (driver.Options.Interface is not { } name || context.Interfaces.Find(name) is not { } link || driver.Router.SourceAddress.IsNone)
            return;
        Send(new GratuitousTarget(driver, link.Index, driver.Router.SourceAddress));
    }

    /// <summary>Drops what waits of a router that is not master any more.</summary>
    public void Forget(RouterDriver driver)
    {
        foreach (var paced in _pacers.Values)
        {
            paced.Pacer.Cancel(driver);
            paced.Timer.Arm(paced.Pacer.NextDeadline);
        }
    }

    public void Dispose()
    {
        foreach (var paced in _pacers.Values)
            paced.Timer.Dispose();
        _socket?.Dispose();
    }

    private PacedInterface Enqueue(RouterDriver driver, KeptAddress address, int rounds)
    {
        var paced = PacerOf(driver, address.InterfaceIndex);
        paced.Pacer.Enqueue(new GratuitousTarget(driver, address.InterfaceIndex, address.Address.Address), rounds);
        return paced;
    }

    private PacedInterface PacerOf(RouterDriver driver, int interfaceIndex)
    {
        // What shares a cable shares the pace.
        var onBase = context.Virtual.Find(interfaceIndex)?.BaseIndex ?? interfaceIndex;
        var key = FindGroup(onBase) is { } group
            ? new PacerKey(0, group, group.ArpInterval, group.NeighborAdvertisementInterval)
            : new PacerKey(onBase, null, driver.Options.ArpInterval, driver.Options.NeighborAdvertisementInterval);
        if (!_pacers.TryGetValue(key, out var paced))
            _pacers[key] = paced = new PacedInterface(this, key);
        return paced;
    }

    private AnnouncementGroup? FindGroup(int interfaceIndex)
    {
        var groups = context.InterfaceOptions.AnnouncementGroups;
        if (groups.IsEmpty || context.Interfaces.Find(interfaceIndex) is not { Name: var name })
            return null;
        foreach (var group in groups)
        {
            if (group.Interfaces.Contains(name))
                return group;
        }

        return null;
    }

    private void Send(PacedInterface paced)
    {
        while (paced.Pacer.TryDequeue(context.Loop.Now, out var target))
            Send(target);
        paced.Timer.Arm(paced.Pacer.NextDeadline);
    }

    private void Send(in GratuitousTarget target)
    {
        if (context.Interfaces.Find(target.InterfaceIndex) is not { IsNoArp: false } link
            || !GratuitousArp.IsSupported(link.HardwareAddress.Length)
            || link.BroadcastAddress.Length != link.HardwareAddress.Length)
        {
            return;
        }

        var length = target.Address.IsIPv4
            ? GratuitousArp.Write(_frame, link.HardwareType, link.HardwareAddress, link.BroadcastAddress, target.Address)
            : NeighbourAdvertisement.Write(_frame, link.HardwareAddress, link.BroadcastAddress, target.Address,
                _forwarding.IsRouter(link, context.Loop.Now));
        try
        {
            Open();
        }
        catch (SystemCallException e)
        {
            context.Logger.CannotAnnounce(e, ((RouterDriver)target.Owner).Name, link.Name);
            return;
        }

        var header = new DatagramHeader { Length = length, InterfaceIndex = target.InterfaceIndex, HopLimit = -1 };
        if (!_writer!.TryWrite(header, _frame.AsSpan(0, length)))
            context.Sockets.CountSendError();
    }

    private readonly record struct PacerKey(
        int InterfaceIndex, AnnouncementGroup? Group, TimeSpan ArpInterval, TimeSpan NeighborAdvertisementInterval);

    /// <summary>The announcements on one interface, or on those of a group, and the timer for those that wait.</summary>
    private sealed class PacedInterface
    {
        private readonly Announcer _announcer;

        public PacedInterface(Announcer announcer, PacerKey key)
        {
            _announcer = announcer;
            Pacer = new GratuitousPacer(key.ArpInterval, key.NeighborAdvertisementInterval);
            Timer = announcer.CreateTimer(static state =>
            {
                var paced = (PacedInterface)state!;
                paced._announcer.Send(paced);
            }, this);
        }

        public GratuitousPacer Pacer { get; }

        public LoopTimer Timer { get; }
    }

    private LoopTimer CreateTimer(Action<object?> callback, object state) => context.Loop.CreateTimer(callback, state);
}
