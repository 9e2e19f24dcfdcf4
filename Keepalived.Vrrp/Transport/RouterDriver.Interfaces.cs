using System.Collections.Immutable;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>The router's own interfaces, virtual MAC or ipvlan, and its place on the wire.</summary>
internal sealed partial class RouterDriver
{
    private static readonly VrrpFault PlaceFault = new(VrrpFaultReason.DuplicateVirtualRouterId);

    private string[] _names = [];
    private ImmutableArray<VirtualInterface> _virtual = [];
    private ImmutableArray<VirtualInterface> _formerVirtual = [];
    private VirtualInterface? _own;
    private string? _promotion;
    private int _promotedIndex;
    private bool _isDuplicate;
    private long _knownMasterInterval;

    /// <summary>Where its virtual router id is taken by it.</summary>
    public RouterPlaces.Place? Place { get; set; }

    /// <summary>The interface that adverts are sent and heard on; 0 for none, or any.</summary>
    public int AdvertInterfaceIndex => _socket?.Key.InterfaceIndex ?? 0;

    /// <summary>
    /// For how long the interface may be down, in nanoseconds, without a backup taking over in between.
    /// </summary>
    public long LongestUnnoticedAbsence
    {
        get
        {
            var own = MonotonicClock.FromTimeSpan(Options.AdvertisementInterval);
            var interval = Router.MasterInterval > 0 ? Math.Min(Router.MasterInterval, own) : own;
            return Options.DownTimerAdverts == 1 ? 0 : ((Options.DownTimerAdverts - 1) * interval) - (interval / 256);
        }
    }

    /// <summary>The source that the options say, or that belongs to the ipvlan.</summary>
    private InetAddress ConfiguredSource => !Options.SourceAddress.IsNone ? Options.SourceAddress
        : Options.Ipvlan?.Address?.Address ?? InetAddress.None;

    /// <summary>Whether the interface of the adverts has an address for them, so that the one it is built on has no say.</summary>
    private bool HasOwnSource => _own is { } own && (own.Wish.NeedsLinkLocal || !own.Wish.IsMacvlan);

    /// <summary>The interface that carries an address of the router.</summary>
    public string DeviceOf(VirtualAddress address)
    {
        var wish = VirtualInterfaceWish.For(Options, address);
        // The options' own validation has seen to it that there is a device.
        return (wish is null ? null : FindVirtual(wish)?.Name) ?? address.Device ?? Options.Interface!;
    }

    /// <summary>One of its virtual interfaces is called otherwise from now on.</summary>
    public void OnRenamed(string from, string to)
    {
        Context.RemoveDependent(this, [from]);
        Context.AddDependent(this, [to]);
        _names = [.. _names.Where(name => name != from && name != to), to];
        foreach (var tracked in _tracked)
        {
            if (tracked.Name == from)
                tracked.Name = to;
        }

        foreach (var kept in Kept.Wanted)
        {
            if (kept is KeptAddress address && address.Device == from)
                address.Device = to;
        }
    }

    private void SetVirtualInterfaces(VirtualRouterOptions options)
    {
        _formerVirtual = _formerVirtual.AddRange(_virtual);
        _virtual = VirtualInterfaceWish.IsAnyOf(options)
            ? [.. VirtualInterfaceWish.All(options).Select(wish => Context.Virtual.Acquire(wish, this))]
            : [];
        var own = VirtualInterfaceWish.Own(options);
        _own = own is null ? null : FindVirtual(own);
        Context.RemoveDependent(this, _names);
        _names = FindNames(options);
        Context.AddDependent(this, _names);
    }

    private string[] FindNames(VirtualRouterOptions options)
    {
        var names = new List<string>();
        // Its source may be on any.
        if (options.Interface is null)
            Add(string.Empty);
        foreach (var name in options.InterfaceNames())
            Add(name);
        foreach (var name in options.TrackedDevices())
            Add(name);
        foreach (var tracked in options.TrackedInterfaces.AsSpan())
            Add(tracked.Name);
        foreach (var item in _virtual)
            Add(item.Name);
        return [.. names];

        void Add(string? name)
        {
            if (name is not null && !names.Contains(name))
                names.Add(name);
        }
    }

    private VirtualInterface? FindVirtual(VirtualInterfaceWish wish) => _virtual.FirstOrDefault(item => item.Wish.Key == wish.Key);

    /// <summary>Former ones are given back when the addresses on them are gone.</summary>
    private async void LeaveFormerInterfaces()
    {
        if (_formerVirtual.IsEmpty)
            return;
        var former = _formerVirtual;
        _formerVirtual = [];
        await Kept.WhenIdle().ConfigureAwait(true);
        foreach (var item in former)
            VirtualInterfaceTable.Release(item, this);
        await Context.Virtual.DeleteUnusedAsync().ConfigureAwait(true);
    }

    private void LeaveInterfaces()
    {
        Context.RemoveDependent(this, _names);
        foreach (var item in _virtual.Concat(_formerVirtual))
            VirtualInterfaceTable.Release(item, this);
        if (_promotion is { } path)
            Context.Settings.Release(path);
        _promotion = null;
        LeavePlace(Context.Loop.Now);
    }

    /// <summary>One of our own virtual interfaces is up if it was set up and the one it is built on is; any other if it is itself.</summary>
    private bool IsUp(string name)
    {
        if (Context.Interfaces.Find(name) is not { } link)
            return false;
        return Context.Virtual.Find(link.Index) is { } own
            ? own.IsReady && link.IsEnabled && Context.Interfaces.Find(own.BaseIndex) is { IsUp: true }
            : link.IsUp;
    }

    private NetworkInterface? FindSender(NetworkInterface? own)
    {
        if (_own is not { } item || Options.VirtualMac is { TransmitOnBase: true })
            return own;
        return item.IsReady ? Context.Interfaces.Find(item.Index) : null;
    }

    private void UpdateConfigurationFault(long now)
    {
        var error = Options.ConfigurationError ?? _virtual.FirstOrDefault(static item => item.Error is not null)?.Error;
        if (error is not null && !Router.Faults.Contains(ConfigurationFault))
            Logger.HeldInFault(Name, error);
        Router.SetFault(ConfigurationFault, error is not null, now);
    }

    private void UpdatePromotion(NetworkInterface? own)
    {
        var path = Options.PromoteSecondaries && Options.VirtualMac is null && own is not null
            ? Sysctl.IPv4(own.Name, "promote_secondaries")
            : null;
        if (path == _promotion && own?.Index == _promotedIndex)
            return;
        // An interface that came back has the settings of a new one.
        if (_promotion is not null && path == _promotion)
            Context.Settings.Forget(_promotion);
        else if (_promotion is not null)
            Context.Settings.Release(_promotion);
        (_promotion, _promotedIndex) = (path, own?.Index ?? 0);
        if (path is not null)
            Context.Settings.Hold(path, 1);
    }

    /// <summary>No two multicast routers with one VRID on one wire: each would take the other for a rival.</summary>
    private void UpdatePlace(NetworkInterface? own, long now)
    {
        if (own is null || Options.IsUnicast)
        {
            LeavePlace(now);
            return;
        }

        var place = RouterPlaces.Of(Options, own, Context);
        if (place == Place)
            return;
        var had = Place is not null;
        var owner = Context.Places.Take(this, place);
        if (owner != this && !_isDuplicate)
            Logger.DuplicateVirtualRouterId(Name, Options.VirtualRouterId, own.Name, owner.Name);
        SetDuplicate(owner != this, now);
        if (had)
            OfferPlace(now);
    }

    private void LeavePlace(long now)
    {
        SetDuplicate(false, now);
        if (Context.Places.Leave(this))
            OfferPlace(now);
    }

    private void OfferPlace(long now)
    {
        foreach (var other in Context.Drivers)
        {
            if (other._isDuplicate && other != this)
                other.UpdateNetwork(now);
        }
    }

    private void SetDuplicate(bool isDuplicate, long now)
    {
        _isDuplicate = isDuplicate;
        Router.SetFault(PlaceFault, isDuplicate, now);
    }

    /// <summary>The master advertises more or less often than before: an interface may be down unnoticed for so much less or more.</summary>
    private void OnMasterInterval()
    {
        _knownMasterInterval = Router.MasterInterval;
        if (Context.LinkStates.HasDelays)
            Context.LinkStates.UpdateLimits();
    }
}
