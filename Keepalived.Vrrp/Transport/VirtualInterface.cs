using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>A macvlan or ipvlan of ours, and who uses it.</summary>
internal sealed class VirtualInterface(VirtualInterfaceWish wish)
{
    private const string MacvlanKind = "macvlan";
    private const string IpvlanKind = "ipvlan";

    /// <summary>What it should be.</summary>
    public VirtualInterfaceWish Wish { get; set; } = wish;

    /// <summary>Its name, or the one that it is to have.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Its index; 0 while it is not there.</summary>
    public int Index { get; set; }

    /// <summary>The index of its base; 0 while it is not there.</summary>
    public int BaseIndex { get; set; }

    /// <summary>Whether it is set up and can be used.</summary>
    public bool IsReady { get; set; }

    /// <summary>Why it can never be, in words; <see langword="null"/> if it can.</summary>
    public string? Error { get; set; }

    /// <summary>When to try again what failed, in nanoseconds of <see cref="Netlink.Io.MonotonicClock"/>.</summary>
    public long NotBefore { get; set; }

    /// <summary>Whether it cannot have the name that is wanted.</summary>
    public bool IsNameRefused { get; set; }

    /// <summary>Whether IPv6 is on.</summary>
    public bool HasIPv6 { get; set; }

    /// <summary>The link-local address that we gave it.</summary>
    public InetAddress LinkLocal { get; set; }

    /// <summary>Settings of its base that it holds.</summary>
    public List<string> HeldSettings { get; } = [];

    /// <summary>The routers that use it.</summary>
    public List<RouterDriver> Users { get; } = [];

    /// <summary>Whether a device is this one, whatever its name.</summary>
    public bool IsLike(NetworkInterface device, int baseIndex) => device.ParentIndex == baseIndex && (Wish.IsMacvlan
        ? device is { Kind: MacvlanKind, MacvlanMode: MacvlanMode.Private } && device.HardwareAddress == Wish.Address
        : device is { Kind: IpvlanKind, IpvlanMode: IpvlanMode.Layer2 } && device.IpvlanFlags == Wish.Ipvlan!.Flags
            && (device.Name == Wish.Name || (Wish.Ipvlan.Address is { } own && device.Carries(own.Address))));

    /// <summary>Whether a device may be changed into this one, or removed to make room for it.</summary>
    public bool IsOfItsKind(NetworkInterface device) => device.Kind == (Wish.IsMacvlan ? MacvlanKind : IpvlanKind);

    /// <summary>How it is made.</summary>
    public LinkCreation ToCreation(NetworkInterface onBase, int master)
    {
        var creation = Wish.IsMacvlan
            ? LinkCreation.Macvlan(Name, onBase.Index, MacvlanMode.Private) with { Address = Wish.Address }
            : LinkCreation.Ipvlan(Name, onBase.Index, IpvlanMode.Layer2, Wish.Ipvlan!.Flags);
        return creation with { Group = Wish.Group ?? onBase.Group, MasterIndex = master };
    }

    /// <summary>What it is told while it is still down.</summary>
    public LinkSettings ToSettings() => new()
    {
        // An ipvlan has a link-local address of the kernel's making: it must not take the base's.
        AddressGenerationMode = Wish.IsMacvlan ? AddressGenerationMode.None : null,
        IPv4Configuration = Wish.IsMacvlan ? IPv4Settings(Wish.Family) : null,
    };

    public override string ToString() => $"{Name} on {Wish.Base}";

    /// <summary>
    /// It answers ARP for its own addresses only, and takes packets that this machine itself sent from the base; secondary addresses stay.
    /// </summary>
    private static Dictionary<int, int> IPv4Settings(AddressFamily family) => family == AddressFamily.InterNetworkV6
        ? new() { [IPv4Setting.ArpIgnore] = 1 }
        : new()
        {
            [IPv4Setting.ArpIgnore] = 1,
            [IPv4Setting.AcceptLocal] = 1,
            [IPv4Setting.ReversePathFilter] = 0,
            [IPv4Setting.PromoteSecondaries] = 1,
        };
}
