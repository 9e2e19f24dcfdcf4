using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>The interfaces and their addresses, as the kernel tells them. Lives on the loop.</summary>
internal sealed class InterfaceTable
{
    private readonly Dictionary<int, NetworkInterface> _byIndex = [];
    private readonly Dictionary<string, NetworkInterface> _byName = [];

    /// <summary>The interface with this name, or null.</summary>
    public NetworkInterface? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The interface with this index, or null.</summary>
    public NetworkInterface? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>Whether some interface has this address.</summary>
    public bool Carries(InetAddress address) => _byIndex.Values.Any(link => link.Carries(address));

    /// <summary>Takes note of how an interface is.</summary>
    public void Set(Link link)
    {
        if (!_byIndex.TryGetValue(link.Index, out var known))
            _byIndex.Add(link.Index, known = new NetworkInterface(link.Index, link.Name));
        else if (known.Name != link.Name)
            RemoveName(known);
        known.Name = link.Name;
        known.IsUp = link.IsRunning;
        known.IsNoArp = (link.Flags & LinkFlags.NoArp) != 0;
        known.VrfTable = link.VrfTable;
        known.HardwareType = link.HardwareType;
        known.HardwareAddress = link.Address;
        known.BroadcastAddress = link.Broadcast;
        _byName[link.Name] = known;
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
        Find(address.InterfaceIndex)?.SetAddress(new InterfaceAddress(address.Prefix, isTentative));
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
