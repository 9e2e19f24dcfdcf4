using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Daemon.Composition;

/// <summary>Says in the library's words what a <c>vrrp_instance</c> block says in the operator's.</summary>
internal static class VirtualRouterMapping
{
    private const int DefaultMtu = 1500;

    /// <summary>The options of one instance.</summary>
    /// <param name="instance">A completed block: global defaults are already in it.</param>
    /// <param name="global">What concerns all instances.</param>
    /// <param name="findMtu">The MTU of an interface; 1500 for all if null.</param>
    /// <param name="shared">What instances have in common; nothing if null.</param>
    public static VirtualRouterOptions ToOptions(
        this VrrpInstanceConfiguration instance, GlobalDefinitions global, Func<string, int>? findMtu = null, SharedValues? shared = null)
    {
        shared ??= new SharedValues();
        return new()
        {
            Name = instance.Name,
            VirtualRouterId = instance.VirtualRouterId,
            Version = instance.Version == 3 ? VrrpVersion.V3 : VrrpVersion.V2,
            Family = instance.Family,
            Interface = shared.Share(instance.Interface),
            BindDevice = instance.Interface is null ? instance.Vrf : null,
            VirtualMac = ToVirtualMac(instance),
            VirtualMacForAddresses = instance.VmacForAddresses,
            Ipvlan = ToIpvlan(instance),
            PromoteSecondaries = instance.PromoteSecondaries && instance.Interface is not null,
            Priority = instance.Priority,
            InitialState = instance.StartsAsMaster ? VrrpState.Master : VrrpState.Backup,
            AdvertisementInterval = instance.AdvertisementInterval,
            Addresses = ToAddresses(instance.VirtualAddresses),
            ExcludedAddresses = ToAddresses(instance.ExcludedAddresses),
            Routes = Map(instance.VirtualRoutes, static route => route.Route),
            Rules = Map(instance.VirtualRules, static rule => rule.Rule),
            DriftRepair = instance.DriftRepair ? DriftRepairOptions.Default : null,
            AcceptMode = instance.Accept,
            Authentication = ToAuthentication(instance.Authentication),
            Hmac = ToHmac(instance.AuthHmac),
            SourceAddress = instance.SourceAddress ?? InetAddress.None,
            TrackSourceAddress = instance.TrackSourceAddress,
            TrackPrimaryInterface = !instance.DontTrackPrimary,
            Group = instance.IsUnicast ? InetAddress.None : instance.MulticastGroup,
            Peers = Map(instance.UnicastPeers, static peer => new VrrpPeer(peer.Address, peer.MinTtl ?? 0, peer.MaxTtl ?? byte.MaxValue)),
            UnicastHopLimit = instance.UnicastTtl,
            CheckUnicastSource = instance.CheckUnicastSource,
            OldUnicastChecksum = instance.LegacyUnicastChecksum switch
            {
                LegacyChecksum.Always => VrrpOldUnicastChecksum.Always,
                LegacyChecksum.Never => VrrpOldUnicastChecksum.Never,
                _ => VrrpOldUnicastChecksum.Detect,
            },
            OldUnicastChecksumGroup = global.Vrrp.MulticastGroup4,
            ChecksumForm = instance.ChecksumAsVersion2 ? VrrpChecksumForm.MessageOnly : VrrpChecksumForm.PseudoHeader,
            Preempt = !instance.NoPreempt,
            PreemptDelay = instance.PreemptDelay,
            LateTimerPeerPriority = instance.TimerExpiredBackup,
            DownTimerAdverts = instance.DownTimerAdverts,
            HigherPrioritySendAdvertisement = instance.HigherPrioritySendAdvert,
            LowerPriorityNoAdvertisement = instance.LowerPriorityNoAdvert,
            OwnerIgnoreAdvertisements = instance.OwnerIgnoreAdverts,
            SkipAddressCheckOfMaster = instance.SkipCheckAddresses,
            Announcements = ToAnnouncements(instance.Garp, shared),
            ArpInterval = global.Vrrp.GarpInterval,
            NeighborAdvertisementInterval = global.Vrrp.GnaInterval,
            ReceiveBufferSize = ToReceiveBufferSize(instance, global.Vrrp, findMtu),
            ConfigurationError = FindError(instance),
        };
    }

    /// <summary>What concerns the interfaces of all instances.</summary>
    public static VrrpInterfaceOptions ToInterfaceOptions(this KeepalivedConfiguration configuration)
    {
        var interfaces = configuration.Global.Interfaces;
        return new VrrpInterfaceOptions
        {
            VirtualMacPrefix = interfaces.VmacPrefix,
            VirtualMacAddressPrefix = interfaces.VmacAddressPrefix,
            Polled =
            [
                .. configuration.VrrpInstances.Where(static instance => instance is { PollsLink: true, Interface: not null })
                    .Select(static instance => new LinkPolling(instance.Interface!)),
                .. interfaces.Polled,
            ],
            PollAll = interfaces.PollAll,
            Delays = [.. interfaces.Delays],
            AnnouncementGroups =
            [
                .. configuration.GarpGroups.Select(static group => new AnnouncementGroup
                {
                    Interfaces = [.. group.Interfaces],
                    ArpInterval = group.GarpInterval ?? TimeSpan.Zero,
                    NeighborAdvertisementInterval = group.GnaInterval ?? TimeSpan.Zero,
                }),
            ],
        };
    }

    private static VirtualMacOptions? ToVirtualMac(VrrpInstanceConfiguration instance) => instance.Vmac is not { } vmac ? null : new()
    {
        Name = vmac.Name,
        Address = vmac.Address,
        TransmitOnBase = instance.VmacTransmitsOnBase,
        NotifyBase = vmac.NotifyLink,
        Group = vmac.Group,
    };

    // Without an address over IPv4 there is nothing to send from: FindError says so.
    private static IpvlanOptions? ToIpvlan(VrrpInstanceConfiguration instance) => instance.Ipvlan is not { } ipvlan || LacksAddress(instance)
        ? null
        : new()
        {
            Name = ipvlan.Name,
            Address = ipvlan.Address,
            Flags = ipvlan.Flags,
            Group = ipvlan.Group,
        };

    private static bool LacksAddress(VrrpInstanceConfiguration instance) =>
        instance is { Ipvlan.Address: null, SourceAddress: null, Family: AddressFamily.InterNetwork };

    /// <summary>What must not run: alone it would be one more master beside peers that it cannot understand.</summary>
    private static string? FindError(VrrpInstanceConfiguration instance) =>
        instance.FaultWithoutUnicastPeer && !instance.IsUnicast ? "unicast_fault_no_peer: there is no unicast peer"
        : instance.Ipvlan is not null && LacksAddress(instance) ? "use_ipvlan: over IPv4 it needs an address" : null;

    /// <summary>Addresses of an instance, or static ones.</summary>
    public static ImmutableArray<VirtualAddress> ToAddresses(EquatableArray<VirtualAddressConfiguration> addresses) =>
        Map(addresses, ToAddress);

    private static ImmutableArray<TTo> Map<TFrom, TTo>(EquatableArray<TFrom> items, Func<TFrom, TTo> map)
    {
        if (items.IsEmpty)
            return [];
        var mapped = ImmutableArray.CreateBuilder<TTo>(items.Count);
        foreach (var item in items)
            mapped.Add(map(item));
        return mapped.MoveToImmutable();
    }

    private static VirtualAddress ToAddress(VirtualAddressConfiguration address) => new(address.Address)
    {
        Device = address.Interface,
        Scope = address.Scope,
        Broadcast = address.Broadcast ?? InetAddress.None,
        Label = address.Label,
        Peer = address.Peer ?? InetAddress.None,
        HomeAddress = address.Home,
        ManageTemporaryAddresses = address.ManageTemporaryAddress,
        NoPrefixRoute = address.NoPrefixRoute,
        AutoJoin = address.AutoJoin,
        DuplicateAddressDetection = address.DuplicateAddressDetection,
        PreferredLifetime = ToPreferredLifetime(address),
        Track = !address.NoTrack,
        UseVirtualMac = address.UseVmac,
    };

    /// <summary>Null for what it is by itself.</summary>
    private static TimeSpan? ToPreferredLifetime(VirtualAddressConfiguration address)
    {
        var isDeprecated = address.Address is { Address.IsIPv6: true, IsHost: true };
        return address.PreferredLifetime switch
        {
            VirtualAddressConfiguration.Forever => isDeprecated ? Timeout.InfiniteTimeSpan : null,
            0 when isDeprecated => null,
            var seconds => TimeSpan.FromSeconds(seconds),
        };
    }

    private static VrrpAuthentication ToAuthentication(AuthenticationConfiguration? authentication) => authentication?.Type switch
    {
        AuthenticationType.Password => VrrpAuthentication.Pass(authentication.Password.Reveal()),
        AuthenticationType.AuthenticationHeader => VrrpAuthentication.AuthenticationHeader(authentication.Password.Reveal()),
        _ => VrrpAuthentication.None,
    };

    private static VrrpHmacOptions? ToHmac(AuthHmacConfiguration? hmac) => hmac is null ? null : new VrrpHmacOptions
    {
        Keys = [.. hmac.Keys.Select(key => new VrrpHmacKey((byte)key.Id, key.Key.Reveal()))],
        ActiveKeyId = (byte)hmac.ActiveKey,
        Mode = hmac.Mode switch
        {
            HmacMode.Permissive => VrrpHmacMode.Permissive,
            HmacMode.ReceiveOnly => VrrpHmacMode.ReceiveOnly,
            _ => VrrpHmacMode.Enforce,
        },
        ReplayProtection = hmac.AntiReplay == AntiReplay.Monotonic ? VrrpReplayProtection.Monotonic : VrrpReplayProtection.Time,
        TimeWindow = hmac.TimeWindow,
    };

    private static VrrpAnnouncementOptions ToAnnouncements(GarpConfiguration garp, SharedValues shared) => shared.Share(new VrrpAnnouncementOptions
    {
        Delay = garp.MasterDelay,
        Repeat = ToCount(garp.MasterRepeat),
        Refresh = garp.MasterRefresh,
        RefreshRepeat = ToCount(garp.MasterRefreshRepeat),
        LowerPriorityDelay = garp.LowerPriorityDelay,
        LowerPriorityRepeat = ToCount(garp.LowerPriorityRepeat),
        ExtraInterval = garp.ExtraInterfaceInterval,
        ExtraOnAllInterfaces = garp.ExtraInterfaceAll,
    });

    private static int ToCount(uint value) => (int)Math.Min(value, int.MaxValue);

    private static int ToReceiveBufferSize(VrrpInstanceConfiguration instance, VrrpDefaults defaults, Func<string, int>? findMtu)
    {
        if (instance.ReceiveBufferSize is { } own)
            return ToCount(own);
        var policy = defaults.ReceiveBufferPolicy;
        if (policy.HasFlag(ReceiveBufferPolicy.Size))
            return ToCount(defaults.ReceiveBufferSize);
        var packet = policy.HasFlag(ReceiveBufferPolicy.Mtu) ? instance.Interface is { } name && findMtu is not null ? findMtu(name) : DefaultMtu
            : policy.HasFlag(ReceiveBufferPolicy.Advert) ? AdvertSize(instance)
            : 0;
        return (int)Math.Min((long)packet * defaults.ReceiveBufferMultiplier, int.MaxValue);
    }

    /// <summary>The bytes of an advert with its IP header.</summary>
    private static int AdvertSize(VrrpInstanceConfiguration instance)
    {
        const int ipv4 = 20, ipv6 = 40, vrrp = 8, legacyAuthentication = 8, authenticationHeader = 24, hmac = 28;
        var isIPv6 = instance.Family == AddressFamily.InterNetworkV6;
        return (isIPv6 ? ipv6 : ipv4) + vrrp + (instance.VirtualAddresses.Count * (isIPv6 ? 16 : 4))
            + (instance.Version == 2 && !isIPv6 ? legacyAuthentication : 0)
            + (instance.Authentication?.Type == AuthenticationType.AuthenticationHeader ? authenticationHeader : 0)
            + (instance.AuthHmac is null ? 0 : hmac);
    }
}
