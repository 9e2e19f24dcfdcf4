using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>The interfaces and their addresses, as the kernel tells them. Lives on the loop.</summary>
internal sealed class InterfaceTable
{
    private readonly Dictionary<int, NetworkInterface> _byIndex = [];
    private readonly Dictionary<string, NetworkInterface> _byName = [];

    /// <summary>All interfaces.</summary>
    public IReadOnlyCollection<NetworkInterface> All => _byIndex.Values;

    /// <summary>The interface with this name, or null.</summary>
    public NetworkInterface? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The interface with this index, or null.</summary>
    public NetworkInterface? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>Whether some interface has this address.</summary>
    public bool Carries(InetAddress address) => _byIndex.Values.Any(link => link.Carries(address));

    /// <summary>The interface at the bottom of those that are built on one another, as far as they share its broadcasts.</summary>
    public NetworkInterface FindWire(NetworkInterface link, VirtualInterfaceTable ours)
    {
        while (link.Kind is "macvlan" or "ipvlan" && ours.Find(link.Index) is null && Find(link.ParentIndex) is { } below)
            link = below;
        return link;
    }

    /// <summary>Takes note of how an interface is.</summary>
    public NetworkInterface Set(Link link)
    {
        if (!_byIndex.TryGetValue(link.Index, out var known))
            _byIndex.Add(link.Index, known = new NetworkInterface(link.Index, link.Name));
        else if (known.Name != link.Name)
            RemoveName(known);
        known.Name = link.Name;
        known.IsRunning = link.IsRunning;
        known.IsEnabled = link.IsUp;
        known.Kind = link.Kind;
        known.ParentIndex = link.ParentNamespaceId is null ? link.ParentIndex : 0;
        known.MacvlanMode = link.MacvlanMode;
        known.IpvlanMode = link.IpvlanMode;
        known.IpvlanFlags = link.IpvlanFlags;
        known.MasterIndex = link.MasterIndex;
        known.Group = link.Group;
        known.IsNoArp = (link.Flags & LinkFlags.NoArp) != 0;
        known.VrfTable = link.VrfTable;
        known.HardwareType = link.HardwareType;
        known.HardwareAddress = link.Address;
        known.BroadcastAddress = link.Broadcast;
        _byName[link.Name] = known;
        return known;
    }

    /// <summary>An interface is gone.</summary>
    public void Remove(int index)
    {
        if (_byIndex.Remove(index, out var known))
            RemoveName(known);
    }

    /// <summary>Takes note of an address.</summary>
    public void Set(Address address)
    {
        const AddressFlags Unusable = AddressFlags.Tentative | AddressFlags.DuplicateDetectionFailed;
        var isTentative = (address.Flags & Unusable) != 0 && (address.Flags & AddressFlags.Optimistic) == 0;
        Find(address.InterfaceIndex)?.SetAddress(address.Prefix, isTentative);
    }

    /// <summary>An address is gone.</summary>
    public void Remove(Address address) => Find(address.InterfaceIndex)?.RemoveAddress(address.Prefix);

    // The name may be another interface's by now.
    private void RemoveName(NetworkInterface known)
    {
        if (_byName.GetValueOrDefault(known.Name) == known)
            _byName.Remove(known.Name);
    }
}
