using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Transport;

/// <summary>An interface as the kernel last described it, with the addresses it carries in the order in which they came.</summary>
internal sealed class NetworkInterface(int index, string name)
{
    private readonly List<InterfaceAddress> _addresses = [];

    public int Index { get; } = index;

    public string Name { get; set; } = name;

    /// <summary>Whether it counts as up: IFF_UP and IFF_RUNNING, or what it was asked for; after the delays it has, if it has any.</summary>
    public bool IsUp { get; set; }

    /// <summary>IFF_UP and IFF_RUNNING.</summary>
    public bool IsRunning { get; set; }

    /// <summary>IFF_UP alone.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Its delays; <see langword="null"/> for none.</summary>
    public LinkDebounce? Debounce { get; set; }

    /// <summary>What kind of virtual link it is; <see langword="null"/> for hardware.</summary>
    public string? Kind { get; set; }

    /// <summary>The interface in this namespace that it is built on; 0 for none.</summary>
    public int ParentIndex { get; set; }

    public MacvlanMode MacvlanMode { get; set; }

    public IpvlanMode? IpvlanMode { get; set; }

    public IpvlanFlags IpvlanFlags { get; set; }

    /// <summary>The bridge, bond or VRF that it belongs to; 0 for none.</summary>
    public int MasterIndex { get; set; }

    public uint Group { get; set; }

    /// <summary>IFF_NOARP: nothing is announced there.</summary>
    public bool IsNoArp { get; set; }

    /// <summary>The table of a VRF device; <see langword="null"/> for other devices.</summary>
    public uint? VrfTable { get; set; }

    /// <summary>ARPHRD_* of linux/if_arp.h.</summary>
    public ushort HardwareType { get; set; }

    public LinkLayerAddress HardwareAddress { get; set; }

    public LinkLayerAddress BroadcastAddress { get; set; }

    public IReadOnlyList<InterfaceAddress> Addresses => _addresses;

    public void SetAddress(InterfaceAddress address)
    {
        var at = _addresses.FindIndex(known => known.Prefix == address.Prefix);
        if (at < 0)
            _addresses.Add(address);
        else
            _addresses[at] = address;
    }

    public bool RemoveAddress(InetPrefix prefix) => _addresses.RemoveAll(known => known.Prefix == prefix) > 0;

    public bool Has(InetPrefix prefix)
    {
        foreach (var known in _addresses)
        {
            if (known.Prefix == prefix)
                return true;
        }

        return false;
    }

    public bool Carries(InetAddress address)
    {
        foreach (var known in _addresses)
        {
            if (known.Prefix.Address == address)
                return true;
        }

        return false;
    }

    /// <summary>Whether it has this address and may send from it.</summary>
    public bool CanUse(InetAddress address)
    {
        foreach (var known in _addresses)
        {
            if (known.Prefix.Address == address)
                return !known.IsTentative;
        }

        return false;
    }

    /// <summary>
    /// The address adverts are sent from: <paramref name="current"/> as long as it is there, else the first IPv4 or link-local IPv6
    /// address that can be used and is none of the virtual ones.
    /// </summary>
    public InetAddress ChooseSource(AddressFamily family, InetAddress current, Func<InetAddress, bool> isVirtual)
    {
        var first = InetAddress.None;
        foreach (var known in _addresses)
        {
            var address = known.Prefix.Address;
            if (address.Family != family || (address.IsIPv6 && !address.IsLinkLocal) || known.IsTentative || isVirtual(address))
                continue;
            if (address == current)
                return current;
            if (first.IsNone)
                first = address;
        }

        return first;
    }
}
