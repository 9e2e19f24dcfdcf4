using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Transport;

/// <summary>An interface as the kernel last described it, with the addresses it carries in the order in which they came.</summary>
internal sealed class NetworkInterface(int index, string name)
{
    // With each address whether it is tentative: duplicate address detection runs, or found a duplicate, and it cannot be used.
    private readonly OrderedDictionary<InetPrefix, bool> _addresses = [];

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

    public void SetAddress(InetPrefix prefix, bool isTentative) => _addresses[prefix] = isTentative;

    public bool RemoveAddress(InetPrefix prefix) => _addresses.Remove(prefix);

    public bool Has(InetPrefix prefix) => _addresses.ContainsKey(prefix);

    public bool Carries(InetAddress address)
    {
        foreach (var known in _addresses.Keys)
        {
            if (known.Address == address)
                return true;
        }

        return false;
    }

    /// <summary>Whether it has this address and may send from it.</summary>
    public bool CanUse(InetAddress address)
    {
        foreach (var (known, isTentative) in _addresses)
        {
            if (known.Address == address)
                return !isTentative;
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
        foreach (var (prefix, isTentative) in _addresses)
        {
            var address = prefix.Address;
            if (address.Family != family || (address.IsIPv6 && !address.IsLinkLocal) || isTentative || isVirtual(address))
                continue;
            if (address == current)
                return current;
            if (first.IsNone)
                first = address;
        }

        return first;
    }
}
