using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>How they come into being.</summary>
internal sealed partial class VirtualInterfaceTable
{
    private const ushort EthernetHardware = 1;
    private const string ReversePathFilter = "rp_filter";
    private bool _isReversePathRelaxed;
    private static readonly (string Setting, int Value)[] BaseSettings = [("arp_ignore", 1), ("arp_filter", 1)];

    private bool CanBeMade(VirtualInterface item) =>
        item is { Index: 0, Error: null } && _context.Loop.Now >= item.NotBefore && Links.Find(item.Wish.Base) is not null;

    private async Task CreateAsync(List<VirtualInterface> wanted)
    {
        wanted.RemoveAll(item => !TryPlace(item));
        if (wanted.Count == 0)
            return;
        var made = new List<VirtualInterface>();
        var requests = new List<int>();
        var batch = new RouteBatch();
        foreach (var item in wanted)
        {
            var onBase = Links.Find(item.BaseIndex)!;
            if (Adopt(item))
                continue;
            Rename(item, ChooseName(item, batch));
            if (item.Index != 0)
                continue;
            made.Add(item);
            _context.Journal.Set(item.Name, item.Wish.Address, item.Wish.Base);
            requests.Add(batch.CreateLink(item.ToCreation(onBase, MasterOf(onBase))));
        }

        _context.Journal.Save();
        var result = batch.Count > 0 ? await _worker.SendAsync(batch).ConfigureAwait(true) : null;
        for (var i = 0; i < made.Count; i++)
        {
            if (result?[requests[i]] is { } error)
                Refused(made[i], error);
        }

        await WaitForAsync(made, item => item.BaseIndex == 0 || Links.Find(item.Name) is not null).ConfigureAwait(true);
        foreach (var item in made)
        {
            if (item.BaseIndex != 0 && Links.Find(item.Name) is { } link && link.ParentIndex == item.BaseIndex)
                item.Index = link.Index;
        }

        await SetUpAsync(wanted.FindAll(static item => item.Index != 0)).ConfigureAwait(true);
        foreach (var item in wanted.Where(static item => item is { Index: 0, Error: null }))
            TryAgainLater(item);
    }

    private void TryAgainLater(VirtualInterface item)
    {
        item.NotBefore = _context.Loop.Now + RetryDelay;
        if (!_retry.IsArmed && !_isClosing)
            _retry.Arm(item.NotBefore);
    }

    /// <summary>Finds the base interface, and says why there can be nothing on it.</summary>
    private bool TryPlace(VirtualInterface item)
    {
        if (item.Index != 0 || Links.Find(item.Wish.Base) is not { } onBase)
            return false;
        item.BaseIndex = onBase.Index;
        if (onBase.HardwareType == EthernetHardware)
            return true;
        item.Error = $"{item.Wish.Base} is no Ethernet interface: there can be no {(item.Wish.IsMacvlan ? "virtual MAC" : "ipvlan")} on it";
        UpdateUsers(item);
        return false;
    }

    /// <summary>A device of an earlier run, or of an administrator who prepared it, serves as it is.</summary>
    private bool Adopt(VirtualInterface item)
    {
        var found = Links.All.FirstOrDefault(link => item.IsLike(link, item.BaseIndex) && Find(link.Index) is null);
        if (found is null)
            return false;
        if (item.Wish.Name is { } name && name != found.Name)
            Logger.VirtualInterfaceKeepsName(null, found.Name, name);
        Logger.VirtualInterfaceAdopted(found.Name);
        // Whoever made it may know it by its name.
        item.IsNameRefused = true;
        Rename(item, found.Name);
        item.Index = found.Index;
        _context.Journal.Set(item.Name, item.Wish.Address, item.Wish.Base);
        return true;
    }

    /// <summary>The configured name, unless it is somebody else's; else the first free one.</summary>
    private string ChooseName(VirtualInterface item, RouteBatch batch)
    {
        if (item.Wish.Name is { } name)
        {
            var device = Links.Find(name);
            if (device is null && (name == item.Name || !_names.Contains(name)))
                return name;
            if (device is not null && Find(device.Index) is null && item.IsOfItsKind(device))
            {
                if (device.ParentIndex == item.BaseIndex && item.Wish.IsMacvlan)
                {
                    item.Index = device.Index; // it is set right with the others
                    _context.Journal.Set(name, item.Wish.Address, item.Wish.Base);
                }
                else
                {
                    _ = batch.DeleteLink(device.Index);
                }

                return name;
            }

            if (!item.IsNameRefused)
                Logger.VirtualInterfaceNameTaken(name);
            item.IsNameRefused = true;
        }

        return item.Name != item.Wish.Name && Links.Find(item.Name) is null ? item.Name : FreeName(item);
    }

    /// <summary>The first name that neither another of ours nor a device has.</summary>
    private string FreeName(VirtualInterface item)
    {
        var options = _context.InterfaceOptions;
        var prefix = item.Wish.IsForAddresses ? options.VirtualMacAddressPrefix ?? options.VirtualMacPrefix : options.VirtualMacPrefix;
        var candidates = VirtualInterfaceNames.Candidates(prefix, item.Wish.VirtualRouterId, item.Wish.Family);
        if (item.Wish.Name is { } wanted && item.Name.Length == 0)
            candidates = candidates.Prepend(wanted);
        return candidates.First(candidate => !_names.Contains(candidate) && Links.Find(candidate) is null);
    }

    private void Refused(VirtualInterface item, NetlinkException error)
    {
        Logger.CannotMakeVirtualInterface(error, item.Name, item.Wish.Base);
        _context.Journal.ForgetLink(item.Name);
        // A kernel without macvlan or ipvlan will not get it by being asked again.
        if (error.Errno == Errno.EOPNOTSUPP)
            item.Error = $"the kernel has no {(item.Wish.IsMacvlan ? "macvlan" : "ipvlan")}";
        item.BaseIndex = 0;
        UpdateUsers(item);
    }

    /// <summary>Settings first, while nothing leaves it yet; then it comes up, and has what it needs.</summary>
    private async Task SetUpAsync(List<VirtualInterface> items)
    {
        if (items.Count == 0)
            return;
        var hasIPv6 = Sysctl.Read(Sysctl.IPv6("default", "disable_ipv6")) is not null;
        foreach (var item in items)
        {
            _byIndex[item.Index] = item;
            HoldBaseSettings(item);
            if (hasIPv6)
                SwitchIPv6(item);
        }

        await _context.Reports.HoldAsync(items).ConfigureAwait(true);
        var batch = new RouteBatch();
        var owners = new List<VirtualInterface>();
        foreach (var item in items)
            AddSetUp(item, batch, owners);
        var result = await _worker.SendAsync(batch).ConfigureAwait(true);
        for (var i = 0; i < batch.Count; i++)
        {
            if (result[i] is { IsExists: false } error)
                Logger.CannotSetUpVirtualInterface(error, owners[i].Name);
        }

        await WaitForAsync(items, IsUsable).ConfigureAwait(true);
        foreach (var item in items)
        {
            item.IsReady = item.Index != 0;
            UpdateUsers(item);
        }
    }

    private void SwitchIPv6(VirtualInterface item)
    {
        item.HasIPv6 = item.Wish.UsesIPv6;
        var (path, value) = (Sysctl.IPv6(item.Name, "disable_ipv6"), item.HasIPv6 ? 0 : 1);
        if (Sysctl.Write(path, value) is { } error)
            Logger.CannotSet(error, path, value);
    }

    private void AddSetUp(VirtualInterface item, RouteBatch batch, List<VirtualInterface> owners)
    {
        var device = Links.Find(item.Index);
        // What was adopted by its name alone may have another address, which can be changed only while it is down.
        if (item.Wish.IsMacvlan && device is not null
            && (device.HardwareAddress != item.Wish.Address || device.MacvlanMode != MacvlanMode.Private))
        {
            Add(batch.SetLink(item.Index, new LinkSettings { IsUp = false }));
            Add(batch.SetLink(item.Index, new LinkSettings { Address = item.Wish.Address, MacvlanMode = MacvlanMode.Private }));
        }

        // With IPv6 the mode has to be known before it comes up, or the kernel makes an address.
        var settings = item.ToSettings();
        if (item.Wish.UsesIPv6 && settings.AddressGenerationMode is not null)
            Add(batch.SetLink(item.Index, settings));
        Add(batch.SetLink(item.Index, item.Wish.UsesIPv6 ? new LinkSettings { IsUp = true } : settings with { IsUp = true }));
        item.LinkLocal = WantedLinkLocal(item);
        if (!item.LinkLocal.IsNone)
            Add(batch.AddAddress(ToLinkLocal(item.Index, item.LinkLocal)));
        if (item.Wish.Ipvlan?.Address is { } own)
            Add(batch.AddAddress(new Address { InterfaceIndex = item.Index, Local = own.Address, PrefixLength = own.Length }));
        if (item.Wish.NotifyBase && Links.Find(item.BaseIndex) is { } onBase)
            Add(batch.SetLink(onBase.Index, new LinkSettings { Group = onBase.Group }));

        void Add(int index)
        {
            while (owners.Count <= index)
                owners.Add(item);
        }
    }

    private bool IsUsable(VirtualInterface item) => item.Index == 0 || (Links.Find(item.Index) is { IsEnabled: true } link
        && (item.LinkLocal.IsNone || link.CanUse(item.LinkLocal))
        && (item.Wish.Ipvlan?.Address is not { } own || link.Carries(own.Address)));

    /// <summary>
    /// The base interface must not answer ARP for addresses of a VMAC on it, nor may strict reverse path filtering anywhere keep a VMAC
    /// from hearing what is routed back by its base.
    /// </summary>
    private void HoldBaseSettings(VirtualInterface item)
    {
        if (!item.Wish.IsMacvlan || item.Wish.Family != System.Net.Sockets.AddressFamily.InterNetwork || item.HeldSettings.Count > 0)
            return;
        RelaxReversePathFilters();
        foreach (var (setting, value) in BaseSettings)
        {
            var path = Sysctl.IPv4(item.Wish.Base, setting);
            _context.Settings.Hold(path, value);
            item.HeldSettings.Add(path);
        }
    }

    // The kernel uses the higher of an interface's value and that of all: a VMAC can have none only if all has none.
    private void RelaxReversePathFilters()
    {
        const string All = "all", Default = "default";
        if (_isReversePathRelaxed)
            return;
        _isReversePathRelaxed = true;
        if (Sysctl.Read(Sysctl.IPv4(All, ReversePathFilter)) is not ({ } filter and > 0))
            return;
        foreach (var name in Links.All.Select(static link => link.Name).Append(Default))
        {
            var path = Sysctl.IPv4(name, ReversePathFilter);
            if (Find(Links.Find(name)?.Index ?? 0) is null && Sysctl.Read(path) is { } own && own < filter)
                _context.Settings.Hold(path, filter);
        }

        _context.Settings.Hold(Sysctl.IPv4(All, ReversePathFilter), 0);
    }
}
