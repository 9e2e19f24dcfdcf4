using System.Net.Sockets;
using System.Security.Cryptography;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>How they follow their bases, and how they end.</summary>
internal sealed partial class VirtualInterfaceTable
{
    private const int LinkLocalLength = 64;

    /// <summary>
    /// Deletes what an earlier run made and nobody wants any more. What its journal says has to be as it says, or it is not what was made.
    /// </summary>
    public Task DeleteLeftoversAsync() => Enqueue(() =>
    {
        var devices = new List<int>();
        foreach (var (name, (address, onBase)) in _context.Journal.Links.ToArray())
        {
            if (_all.Values.Any(item => item.Name == name))
                continue;
            _context.Journal.ForgetLink(name);
            if (Links.Find(name) is not { } device || Links.Find(device.ParentIndex)?.Name != onBase
                || !(device.Kind == "macvlan" ? device.HardwareAddress == address : device.Kind == "ipvlan"))
                continue;
            Logger.RemovingLeftoverLink(name);
            devices.Add(device.Index);
        }

        return DeleteDevicesAsync(devices);
    });

    private async Task DeleteAsync(List<VirtualInterface> items)
    {
        if (items.Count == 0)
            return;
        var there = items.FindAll(static item => item.Index != 0);
        foreach (var item in items)
        {
            foreach (var setting in item.HeldSettings)
                _context.Settings.Release(setting);
            item.HeldSettings.Clear();
            _all.Remove(item.Wish.Key);
            _names.Remove(item.Name);
        }

        var devices = there.ConvertAll(static item => item.Index);
        there.ForEach(Lose);
        await DeleteDevicesAsync(devices).ConfigureAwait(true);
        // Not before: whatever a device says in its end is filtered, too.
        _context.Reports.Release(there);
        var notices = new RouteBatch();
        foreach (var item in there.Where(static item => item.Wish.NotifyBase).DistinctBy(static item => item.BaseIndex))
        {
            if (Links.Find(item.BaseIndex) is { } onBase)
                _ = notices.SetLink(onBase.Index, new LinkSettings { Group = onBase.Group });
        }

        await SendAsync(notices).ConfigureAwait(true);
        foreach (var item in items)
            _context.Journal.ForgetLink(item.Name);
        _context.Journal.Save();
    }

    private Task DeleteDeviceAsync(int index) => DeleteDevicesAsync([index]);

    /// <summary>
    /// Several links are deleted as a group that nobody else has: one after the other the kernel would wait for its readers each time, which
    /// takes it seconds for a thousand.
    /// </summary>
    private async Task DeleteDevicesAsync(List<int> devices)
    {
        if (devices.Count == 0)
            return;
        var all = devices;
        if (devices.Count > 1)
        {
            var group = UnusedGroup();
            var batch = new RouteBatch();
            foreach (var device in devices)
                _ = batch.SetLink(device, new LinkSettings { Group = group });
            _ = batch.DeleteLinks(group);
            var result = await _worker.SendAsync(batch).ConfigureAwait(true);
            if (result[devices.Count] is null)
                devices = devices.Where((_, i) => result[i] is { IsNotFound: false }).ToList();
        }

        var single = new RouteBatch();
        foreach (var device in devices)
            _ = single.DeleteLink(device);
        foreach (var error in single.Count == 0 ? [] : (await _worker.SendAsync(single).ConfigureAwait(true)).Errors)
        {
            if (!error.IsNotFound)
                Logger.CannotDeleteLink(error);
        }

        // One that is still known would be taken for an earlier run's.
        await WaitForAsync(all, index => Links.Find(index) is null).ConfigureAwait(true);
    }

    private uint UnusedGroup()
    {
        while (true)
        {
            var group = (uint)RandomNumberGenerator.GetInt32(int.MaxValue / 2, int.MaxValue);
            if (Links.All.All(link => link.Group != group))
                return group;
        }
    }

    /// <summary>Whether it is not any more what is wanted, or its base is not what it was.</summary>
    private bool IsOutdated(VirtualInterface item) => HasOtherLinkLocal(item) || HasOtherMaster(item) || HasOtherGroup(item)
        || HasOtherName(item) || (item.IsReady && item.HasIPv6 != item.Wish.UsesIPv6);

    /// <summary>Brings them to what is wanted, and to the link-local address and the VRF of their base.</summary>
    private async Task AdjustAsync(List<VirtualInterface> items)
    {
        if (items.Count == 0)
            return;
        foreach (var item in items.Where(HasOtherName))
            await RenameAsync(item, item.Wish.Name!).ConfigureAwait(true);
        await _context.Reports.HoldAsync(items.FindAll(static item => item.HasIPv6 != item.Wish.UsesIPv6)).ConfigureAwait(true);
        var additions = new RouteBatch();
        var removals = new RouteBatch();
        foreach (var item in items)
        {
            if (item.HasIPv6 != item.Wish.UsesIPv6)
                SwitchIPv6(item);
            if (HasOtherGroup(item))
                _ = additions.SetLink(item.Index, new LinkSettings { Group = item.Wish.Group });
            if (HasOtherMaster(item))
                _ = additions.SetLink(item.Index, new LinkSettings { MasterIndex = MasterOf(Links.Find(item.BaseIndex)!) });
            if (!HasOtherLinkLocal(item))
                continue;
            var (before, wanted) = (item.LinkLocal, WantedLinkLocal(item));
            item.LinkLocal = wanted;
            _ = additions.AddAddress(ToLinkLocal(item.Index, wanted));
            if (!before.IsNone)
                _ = removals.DeleteAddress(ToLinkLocal(item.Index, before));
        }

        await SendAsync(additions).ConfigureAwait(true);
        // There is never a moment without an address that adverts can be sent from.
        await WaitForAsync(items, item => !HasOtherMaster(item) && !HasOtherGroup(item) && IsUsable(item)).ConfigureAwait(true);
        await SendAsync(removals).ConfigureAwait(true);
    }

    private async Task SendAsync(RouteBatch batch)
    {
        if (batch.Count == 0)
            return;
        foreach (var error in (await _worker.SendAsync(batch).ConfigureAwait(true)).Errors)
        {
            if (error is { IsExists: false, IsNotFound: false })
                Logger.CannotAdjustLink(error);
        }
    }

    /// <summary>Kernels before 6.2 rename only what is down: there it keeps its name.</summary>
    private async Task RenameAsync(VirtualInterface item, string name)
    {
        var before = item.Name;
        _context.Journal.Set(name, item.Wish.Address, item.Wish.Base);
        _context.Journal.Save();
        Rename(item, name);
        var batch = new RouteBatch();
        _ = batch.SetLink(item.Index, new LinkSettings { Name = name });
        if ((await _worker.SendAsync(batch).ConfigureAwait(true))[0] is { } error)
        {
            Logger.VirtualInterfaceKeepsName(error, before, name);
            item.IsNameRefused = true;
            Rename(item, before);
        }
        else
        {
            await WaitForAsync([item], item => item.Index == 0 || Links.Find(item.Index)?.Name == name).ConfigureAwait(true);
        }

        _context.Journal.ForgetLink(item.IsNameRefused ? name : before);
        _context.Journal.Save();
    }

    private void Rename(VirtualInterface item, string name)
    {
        if (name == item.Name)
            return;
        _names.Remove(item.Name);
        _names.Add(name);
        foreach (var user in item.Users)
            user.OnRenamed(item.Name, name);
        item.Name = name;
    }

    private bool HasOtherName(VirtualInterface item) => item is { IsReady: true, IsNameRefused: false, Wish.Name: { } wanted }
        && wanted != item.Name && Links.Find(wanted) is null;

    private bool HasOtherGroup(VirtualInterface item) =>
        item is { IsReady: true, Wish.Group: { } wanted } && Links.Find(item.Index) is { } own && own.Group != wanted;

    private bool HasOtherLinkLocal(VirtualInterface item) =>
        item is { IsReady: true, Wish.NeedsLinkLocal: true } && WantedLinkLocal(item) is { IsNone: false } wanted && wanted != item.LinkLocal;

    private bool HasOtherMaster(VirtualInterface item) => item.IsReady && Links.Find(item.BaseIndex) is { } onBase
        && Links.Find(item.Index) is { } own && own.MasterIndex != MasterOf(onBase);

    /// <summary>The VRF of an interface; 0 for none. A bridge or bond it may be a port of is no concern of its VMACs.</summary>
    private int MasterOf(NetworkInterface link) => Links.Find(link.MasterIndex) is { VrfTable: not null } vrf ? vrf.Index : 0;

    /// <summary>The configured source; else the base's own address; else the one that its MAC address makes (RFC 4291 appendix A).</summary>
    private InetAddress WantedLinkLocal(VirtualInterface item)
    {
        if (!item.Wish.NeedsLinkLocal)
            return InetAddress.None;
        if (!item.Wish.LinkLocal.IsNone)
            return item.Wish.LinkLocal;
        if (Links.Find(item.BaseIndex) is not { } onBase)
            return item.LinkLocal;
        // As long as the base has it, the one in use is as good as a new one.
        var known = onBase.ChooseSource(AddressFamily.InterNetworkV6, item.LinkLocal, _context.IsVirtualAddress);
        return known.IsNone ? FromHardwareAddress(onBase.HardwareAddress) : known;
    }

    private static InetAddress FromHardwareAddress(LinkLayerAddress address)
    {
        const int EthernetLength = 6;
        const byte UniversalBit = 2;
        if (address.Length != EthernetLength)
            return InetAddress.None;
        var mac = address.Bytes;
        return InetAddress.FromBytes(
            [0xfe, 0x80, 0, 0, 0, 0, 0, 0, (byte)(mac[0] ^ UniversalBit), mac[1], mac[2], 0xff, 0xfe, mac[3], mac[4], mac[5]]);
    }

    /// <summary>Never chosen by the kernel for other traffic, and not looked for twice on the link, where the base has it.</summary>
    private static Address ToLinkLocal(int index, InetAddress address) => new()
    {
        InterfaceIndex = index,
        Local = address,
        PrefixLength = LinkLocalLength,
        Flags = AddressFlags.NoDuplicateDetection,
        PreferredLifetime = 0,
    };
}
