using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Tracking;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

public sealed partial record VirtualRouterOptions
{
    /// <summary>Checks everything that can be checked without asking the kernel.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says all of it, and in which virtual router.</exception>
    public void Validate()
    {
        var errors = FindErrors();
        if (errors.Length > 0)
            throw new ArgumentException($"Virtual router '{Name}': {string.Join(" ", errors)}");
    }

    /// <summary>Everything that is wrong, each a sentence; empty if the options can be used.</summary>
    public ImmutableArray<string> FindErrors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (string.IsNullOrEmpty(Name))
            errors.Add("It needs a name.");
        FindNetworkErrors(errors);
        FindAddressErrors(errors);
        if (ReceiveBufferSize < 0)
            errors.Add("The receive buffer size must not be negative.");
        if (ArpInterval < TimeSpan.Zero || NeighborAdvertisementInterval < TimeSpan.Zero)
            errors.Add("The intervals between announcements must not be negative.");
        errors.AddRange(ToRouterOptions(SourceAddress).FindErrors());
        return errors.DrainToImmutable();
    }

    /// <summary>What the machine needs of these options, with the source address that is known at the moment.</summary>
    internal VrrpRouterOptions ToRouterOptions(InetAddress source) => new()
    {
        Name = Name,
        VirtualRouterId = VirtualRouterId,
        Family = EffectiveFamily,
        Version = Version,
        Priority = Priority,
        AdvertisementInterval = AdvertisementInterval,
        Addresses = Addresses.IsDefaultOrEmpty ? [] : [.. Addresses.Select(address => address.Address)],
        SourceAddress = source,
        Group = Group,
        OldUnicastChecksumGroup = OldUnicastChecksumGroup,
        Peers = Peers.IsDefault ? [] : Peers,
        CheckUnicastSource = CheckUnicastSource,
        UnicastHopLimit = UnicastHopLimit,
        Authentication = Authentication,
        Hmac = Hmac,
        InitialState = InitialState,
        Preempt = Preempt,
        PreemptDelay = PreemptDelay,
        DownTimerAdverts = DownTimerAdverts,
        // A timer for nothing would only wake us up.
        Announcements = Announcements?.ExtraInterval > TimeSpan.Zero && !HasAddressesElsewhere
            ? Announcements with { ExtraInterval = TimeSpan.Zero }
            : Announcements!,
        HigherPrioritySendAdvertisement = HigherPrioritySendAdvertisement,
        LowerPriorityNoAdvertisement = LowerPriorityNoAdvertisement,
        OwnerIgnoreAdvertisements = OwnerIgnoreAdvertisements,
        SkipAddressCheckOfMaster = SkipAddressCheckOfMaster,
        AddressMismatch = AddressMismatch,
        ChecksumForm = ChecksumForm,
        AcceptEitherChecksumForm = AcceptEitherChecksumForm,
        OldUnicastChecksum = OldUnicastChecksum,
        LateTimerPeerPriority = LateTimerPeerPriority,
    };

    private void FindNetworkErrors(ImmutableArray<string>.Builder errors)
    {
        if ((InterfaceName.Check(Interface) ?? InterfaceName.Check(BindDevice)) is { } error)
            errors.Add(error);
        if (Interface is null && !IsUnicast)
            errors.Add("Multicast needs an interface.");
        if (Interface is null && IsUnicast && (SourceAddress.IsNone || (SourceAddress.IsIPv6 && SourceAddress.IsLinkLocal)))
            errors.Add("Without an interface it needs a source address that is not link-local.");
        if (BindDevice is not null && (Interface is not null || !IsUnicast))
            errors.Add("A bind device is for unicast without an interface.");
        if (Interface is null && (VirtualMac is not null || Ipvlan is not null || PromoteSecondaries))
            errors.Add("A virtual MAC, an ipvlan and the promotion of secondary addresses need an interface.");
        if (VirtualMac is not null && Ipvlan is not null)
            errors.Add("It can have a virtual MAC or an ipvlan, not both.");
        VirtualMac?.FindErrors(IsUnicast, errors);
        Ipvlan?.FindErrors(EffectiveFamily, IsUnicast, SourceAddress, errors);
        foreach (var tracked in TrackedObjects.AsSpan())
            FindTrackerErrors(tracked, errors);
        foreach (var tracked in TrackedInterfaces.AsSpan())
            FindTrackerErrors(tracked, errors);
        if (TrackSourceAddress && SourceAddress.IsNone)
            errors.Add("There is no source address to track.");
    }

    private static void FindTrackerErrors(TrackedObject tracked, ImmutableArray<string>.Builder errors)
    {
        if (string.IsNullOrEmpty(tracked.Name))
            errors.Add("A tracked object needs a name.");
        if (Math.Abs(tracked.Weight.Weight) > TrackerWeight.Limit)
            errors.Add($"The weight of {tracked.Name} must be -{TrackerWeight.Limit} to {TrackerWeight.Limit}.");
    }

    private void FindAddressErrors(ImmutableArray<string>.Builder errors)
    {
        foreach (var route in Routes.AsSpan())
        {
            if (route.FindError() is { } error)
                errors.Add(error);
        }

        foreach (var rule in Rules.AsSpan())
        {
            if (rule.FindError() is { } error)
                errors.Add(error);
        }

        if (DriftRepair?.FindError() is { } driftError)
            errors.Add(driftError);
        var seen = Addresses.AsSpan().Length + ExcludedAddresses.AsSpan().Length > 1 ? new HashSet<(InetAddress Address, string? Device)>() : null;
        foreach (var address in AllAddresses())
        {
            if (address.FindError() is { } error)
                errors.Add(error);
            if (address.Device is null && Interface is null)
                errors.Add($"The virtual address {address.Address} needs a device, as there is no interface.");
            if (seen?.Add((address.Address, address.Device ?? Interface)) == false)
                errors.Add($"The virtual address {address.Address} is there twice.");
        }
    }

    /// <summary>Whether an address may be on another interface than that of the adverts.</summary>
    private bool HasAddressesElsewhere => VirtualMac is { TransmitOnBase: true } || AllAddresses().Any(address =>
        (address.Device is { } device && device != Interface) || VirtualInterfaceWish.For(this, address) is { IsForAddresses: true });

    /// <summary>The group of its adverts without peers.</summary>
    internal InetAddress EffectiveGroup => !Group.IsNone ? Group : VrrpRouterOptions.DefaultGroupOf(EffectiveFamily);

    /// <summary>All interfaces that these options name and that have to be there; some of them perhaps more than once.</summary>
    internal IEnumerable<string> InterfaceNames()
    {
        if (Interface is not null)
            yield return Interface;
        foreach (var address in AllAddresses())
        {
            if (address.Device is { } device)
                yield return device;
        }

        foreach (var route in Routes.IsDefault ? [] : Routes)
        {
            foreach (var device in route.Devices.Append(route.Vrf).OfType<string>())
                yield return device;
        }
    }

    /// <summary>The interfaces of tracked addresses, routes and rules; <see langword="null"/> for the router's own.</summary>
    internal IEnumerable<string?> TrackedDevices()
    {
        foreach (var address in AllAddresses())
        {
            if (address.Track)
                yield return address.Device;
        }

        foreach (var route in Routes.IsDefault ? [] : Routes)
        {
            foreach (var device in route.Track ? route.Devices : [])
                yield return device;
        }

        foreach (var rule in Rules.IsDefault ? [] : Rules)
        {
            if (!rule.Track)
                continue;
            yield return rule.Rule.InputInterface;
            yield return rule.Rule.OutputInterface;
        }
    }

    /// <summary>The addresses of the adverts, then the excluded ones.</summary>
    internal IEnumerable<VirtualAddress> AllAddresses()
    {
        foreach (var address in Addresses.IsDefault ? [] : Addresses)
            yield return address;
        foreach (var address in ExcludedAddresses.IsDefault ? [] : ExcludedAddresses)
            yield return address;
    }
}
