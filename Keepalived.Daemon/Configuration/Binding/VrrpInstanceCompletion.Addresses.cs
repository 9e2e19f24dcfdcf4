using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.VrrpInstanceKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Family, version, interface, addresses.</summary>
internal sealed partial class VrrpInstanceCompletion
{
    private const int EthernetHeader = 14;
    private const int EthernetAddressLength = 6;
    private const int VrrpHeader = 8;
    private const int PasswordLength = 8;
    private const int AuthenticationHeaderLength = 24;
    private const int HmacTrailerLength = 28;
    private const int MaxAddresses = 255;

    private static readonly List<UnicastPeerConfiguration> NoPeers = [];

    private static readonly Keyword[] UnicastKeywords = [UnicastSrcIp, UnicastPeer, CheckUnicastSrc, UnicastTtl, OldUnicastChecksum];

    private static AddressFamily Family(BlockValues values)
    {
        if (values.Get(NativeIpv6))
            return AddressFamily.InterNetworkV6;
        if (values.Get(VirtualIpAddress) is [var first, ..])
            return first.Address.Address.Family;
        if (values.Has(UnicastSrcIp))
            return values.Get(UnicastSrcIp).Family;
        if (values.Has(McastSrcIp))
            return values.Get(McastSrcIp).Family;
        return values.Get(UnicastPeer) is [var peer, ..] ? peer.Address.Family : AddressFamily.InterNetwork;
    }

    private int Version(BlockValues values, AddressFamily family, bool strict)
    {
        var isIPv6 = family == AddressFamily.InterNetworkV6;
        if (!values.Has(Keywords.VrrpInstanceKeywords.Version))
            return isIPv6 ? 3 : _defaults.Version;
        var version = values.Get(Keywords.VrrpInstanceKeywords.Version);
        if (!isIPv6 || version == 3)
            return version;
        Error(values.LocationOf(Keywords.VrrpInstanceKeywords.Version), DiagnosticCodes.Conflict, strict
            ? "strict: IPv6 needs version 3; it is used"
            : "IPv6 needs version 3; it is used");
        return 3;
    }

    private List<UnicastPeerConfiguration> Peers(BlockValues values, AddressFamily family)
    {
        var peers = values.Get(UnicastPeer) ?? NoPeers;
        foreach (var peer in peers)
        {
            if (peer.Address.Family != family)
                Error(values.LocationOf(UnicastPeer), DiagnosticCodes.InvalidValue,
                    $"the unicast peer {peer.Address} is of another family than the virtual addresses; it is left out");
        }

        return peers.Count == 0 ? peers : peers.FindAll(peer => peer.Address.Family == family);
    }

    private InetAddress? Source(BlockValues values, AddressFamily family)
    {
        Keyword<InetAddress>? keyword = values.Has(UnicastSrcIp) ? UnicastSrcIp : values.Has(McastSrcIp) ? McastSrcIp : null;
        if (keyword is null)
            return null;
        var source = values.Get(keyword);
        if (source.IsAny || source.IsMulticast)
        {
            Remark(values.LocationOf(keyword), DiagnosticCodes.InvalidValue, $"{source} is no address to send from; it is ignored");
            return null;
        }

        if (source.Family == family)
            return source;
        Error(values.LocationOf(keyword), DiagnosticCodes.InvalidValue,
            $"the source address {source} is of another family than the virtual addresses; it is ignored");
        return null;
    }

    private InetAddress Group(BlockValues values, AddressFamily family, bool isUnicast)
    {
        var standard = family == AddressFamily.InterNetwork ? _defaults.MulticastGroup4 : _defaults.MulticastGroup6;
        if (!values.Has(McastDstIp))
            return standard;
        var group = values.Get(McastDstIp);
        if (isUnicast || group.Family != family)
        {
            Error(values.LocationOf(McastDstIp), DiagnosticCodes.Conflict, isUnicast
                ? "mcast_dst_ip means nothing with unicast peers; it is ignored"
                : $"the group {group} is of another family than the virtual addresses; it is ignored");
            return standard;
        }

        if (group.IsIPv6 && !IsLinkLocalGroup(group))
        {
            Error(values.LocationOf(McastDstIp), DiagnosticCodes.InvalidValue, $"the group {group} is not link-local; it is ignored",
                "a group such as ff02::12");
            return standard;
        }

        return group;
    }

    private static bool IsLinkLocalGroup(InetAddress group)
    {
        const int scopeByte = 1, scopeMask = 0xf, linkLocal = 2; // RFC 4291 section 2.7
        Span<byte> bytes = stackalloc byte[16];
        group.WriteTo(bytes);
        return (bytes[scopeByte] & scopeMask) == linkLocal;
    }

    // The facts of the interface, if it has one that exists.
    private InterfaceFacts? CheckInterface(BlockValues values, bool isUnicast, InetAddress? source, bool strict)
    {
        if (values.Get(Interface) is not { } name)
        {
            if (!isUnicast || source is null || source.Value.IsLinkLocal)
                Fatal(values.Location, DiagnosticCodes.MissingKeyword, "there is no interface",
                    "interface NAME, or unicast_src_ip and unicast_peer");
            return null;
        }

        if (context.FindInterface(name, out var isChecked) is not { } facts)
        {
            if (isChecked)
                context.RequireInterface(values.LocationOf(Interface), name, $"vrrp_instance {_name}");
            return null;
        }

        if (facts.IsLoopback)
            Fatal(values.LocationOf(Interface), DiagnosticCodes.BadInterface, $"{name} is a loopback interface", "another interface");
        if (strict && isUnicast && facts.IsMulticast)
            Remark(values.LocationOf(UnicastPeer), DiagnosticCodes.Conflict,
                $"strict: unicast on {name}, which can multicast, is not what the RFC says");
        return facts;
    }

    private string? BindVrf(BlockValues values, bool isUnicast)
    {
        if (values.Get(Vrf) is not { } vrf)
            return null;
        if (isUnicast && !values.Has(Interface))
            return vrf;
        Error(values.LocationOf(Vrf), DiagnosticCodes.Conflict, "vrf is for unicast without interface; it is ignored");
        return null;
    }

    private void CheckUnicast(BlockValues values, bool isUnicast)
    {
        if (isUnicast || values.Get(UnicastFaultNoPeer))
            return;
        if (Array.Find(UnicastKeywords, values.Has) is { } keyword)
            Error(values.LocationOf(keyword), DiagnosticCodes.Conflict,
                $"{(values.Has(UnicastPeer) ? "there is no unicast peer that can be used" : $"{keyword.Name} without unicast peers")}: multicast is used",
                "unicast_peer { IP ... }, or unicast_fault_no_peer");
    }

    private void CheckVmac(BlockValues values, AddressFamily family, InetAddress? source, bool isUnicast, bool strict)
    {
        if (isUnicast && values.Has(UseVmac) && !values.Has(Interface))
            Error(values.LocationOf(UseVmac), DiagnosticCodes.Conflict, "use_vmac needs an interface; it is ignored");
        else if (isUnicast && values.Has(UseVmac) && !values.Has(VmacXmitBase))
            Error(values.LocationOf(UseVmac), DiagnosticCodes.Conflict, "use_vmac with unicast peers needs vmac_xmit_base, which is set");
        if (strict && values.Get(UseVmac)?.Address is not null)
            Error(values.LocationOf(UseVmac), DiagnosticCodes.Conflict, "strict mode has the MAC address of the RFC, which is used");
        if (strict && values.Has(UseVmac) && values.Has(VmacXmitBase))
            Error(values.LocationOf(VmacXmitBase), DiagnosticCodes.Conflict, "vmac_xmit_base does not go with strict mode; it is ignored");
        if ((values.Has(UseVmac) || values.Has(UseIpvlan)) && values.Has(PromoteSecondaries))
            Error(values.LocationOf(PromoteSecondaries), DiagnosticCodes.Conflict, "promote_secondaries is always on for a VMAC");
        if (values.Has(VmacXmitBase) && !values.Has(UseVmac))
            Error(values.LocationOf(VmacXmitBase), DiagnosticCodes.Conflict, "vmac_xmit_base needs use_vmac; it is ignored");
        if (values.Get(UseIpvlan) is { Address: null } && family == AddressFamily.InterNetwork && source is null)
        {
            Error(values.LocationOf(UseIpvlan), DiagnosticCodes.Conflict, "an IPv4 ipvlan needs an address of its own", "use_ipvlan IP");
        }
    }

    /// <summary>In strict mode with the MAC address of the RFC; of five bytes, the virtual router id is the sixth.</summary>
    private VmacConfiguration? Vmac(BlockValues values, bool strict)
    {
        if (values.Get(UseVmac) is not { } vmac || !values.Has(Interface))
            return null;
        if (IsTaken(values, UseVmac, vmac.Name, "macvlan"))
            vmac = vmac with { Name = null };
        if (strict || vmac.Address is not { Length: EthernetAddressLength - 1 } start)
            return strict ? vmac with { Address = null } : vmac;
        return vmac with { Address = new LinkLayerAddress([.. start.Bytes, (byte)values.Get(VirtualRouterId)]) };
    }

    // An interface of that name and kind is one that an earlier run has left, and will be taken over.
    private bool IsTaken(BlockValues values, Keyword keyword, string? name, string driver)
    {
        if (name is null || context.FindInterface(name, out _) is not { } facts || facts.Driver == driver)
            return false;
        Error(values.LocationOf(keyword), DiagnosticCodes.BadInterface, $"{keyword.Name}: the interface {name} is there, and is no {driver}; another name is chosen");
        return true;
    }

    private IpvlanConfiguration? Ipvlan(BlockValues values, AddressFamily family, bool isUnicast)
    {
        if (values.Get(UseIpvlan) is not { } ipvlan || !values.Has(Interface))
            return null;
        if (values.Has(UseVmac))
        {
            Remark(values.LocationOf(UseIpvlan), DiagnosticCodes.Conflict, "use_ipvlan does not go with use_vmac; it is ignored");
            return null;
        }

        if (isUnicast)
        {
            Error(values.LocationOf(UseIpvlan), DiagnosticCodes.Conflict, "use_ipvlan does not go with unicast peers; it is ignored");
            return null;
        }

        if (IsTaken(values, UseIpvlan, ipvlan.Name, "ipvlan"))
            ipvlan = ipvlan with { Name = null };
        if (ipvlan.Address is not { } address || address.Address.Family == family)
            return ipvlan;
        Error(values.LocationOf(UseIpvlan), DiagnosticCodes.InvalidValue,
            $"the address {address.Address} of the ipvlan is of another family than the virtual addresses; it is ignored");
        return ipvlan with { Address = null };
    }

    private (EquatableArray<VirtualAddressConfiguration> Addresses, EquatableArray<VirtualAddressConfiguration> Excluded) Addresses(
        BlockValues values, AddressFamily family, int version, AuthenticationConfiguration? authentication, AuthHmacConfiguration? hmac,
        InterfaceFacts? facts, bool strict, bool isUnicast)
    {
        var addresses = values.Get(VirtualIpAddress) ?? [];
        addresses.RemoveAll(IsOfOtherFamily);
        if (addresses.Count == 0)
            CheckEmpty(values, version, strict);
        else if (family == AddressFamily.InterNetworkV6 && !isUnicast && !addresses[0].Address.Address.IsLinkLocal)
            CheckLinkLocal(values, strict);

        var isIPv6 = family == AddressFamily.InterNetworkV6;
        var room = (facts?.Mtu ?? 1500) - EthernetHeader - (isIPv6 ? 40 : 20) - VrrpHeader - (version == 2 ? PasswordLength : 0)
            - (authentication?.Type == AuthenticationType.AuthenticationHeader ? AuthenticationHeaderLength : 0)
            - (hmac is { Mode: not HmacMode.ReceiveOnly } ? HmacTrailerLength : 0);
        var limit = Math.Clamp(room / (isIPv6 ? 16 : 4), 1, MaxAddresses);
        var excluded = values.Get(VirtualIpAddressExcluded);
        if (addresses.Count > limit)
        {
            Error(values.LocationOf(VirtualIpAddress), DiagnosticCodes.Adjusted,
                $"{addresses.Count} addresses do not fit an advert; those after the first {limit} are excluded from it");
            excluded = [.. excluded ?? [], .. addresses[limit..]];
            addresses.RemoveRange(limit, addresses.Count - limit);
        }

        addresses.RemoveAll(IsImpossible);
        excluded?.RemoveAll(IsImpossible);
        if (addresses.Count + (excluded?.Count ?? 0) > 1)
        {
            var held = new HashSet<(InetAddress, string?)>();
            var standard = values.Get(Interface);
            addresses.RemoveAll(IsHeld);
            excluded?.RemoveAll(IsHeld);

            bool IsHeld(VirtualAddressConfiguration entry)
            {
                if (held.Add((entry.Address.Address, entry.Interface ?? standard)))
                    return false;
                Remark(entry.Position.Location, DiagnosticCodes.Duplicate, $"{entry.Address.Address} is there already; it counts once");
                return true;
            }
        }

        return (addresses.Freeze(), excluded.Freeze());

        bool IsImpossible(VirtualAddressConfiguration entry)
        {
            if (entry.WhyImpossible is not { } reason)
                return false;
            Remark(entry.Position.Location, DiagnosticCodes.InvalidValue, $"{reason}; it is left out");
            return true;
        }

        bool IsOfOtherFamily(VirtualAddressConfiguration address)
        {
            if (address.Address.Address.Family == family)
                return false;
            Error(values.LocationOf(VirtualIpAddress), DiagnosticCodes.InvalidValue,
                $"the address {address.Address.Address} is of another family than the first; it is left out",
                "virtual_ipaddress_excluded for addresses of the other family");
            return true;
        }
    }

    private void CheckEmpty(BlockValues values, int version, bool strict)
    {
        const string expected = "virtual_ipaddress { IP ... }";
        if (strict || (version == 3 && !values.Get(NoVirtualIpAddress)))
            Fatal(values.Location, DiagnosticCodes.MissingKeyword, "there is no virtual address", version == 3
                && !strict ? $"{expected}, or no_virtual_ipaddress" : expected);
        else if (version == 2)
            Error(values.Location, DiagnosticCodes.MissingKeyword, "there is no virtual address", expected);
    }

    private void CheckLinkLocal(BlockValues values, bool strict)
    {
        const string message = "the first virtual address of an IPv6 router should be link-local";
        if (strict)
            Error(values.LocationOf(VirtualIpAddress), DiagnosticCodes.Conflict, message);
        else
            Remark(values.LocationOf(VirtualIpAddress), DiagnosticCodes.Conflict, message);
    }
}
