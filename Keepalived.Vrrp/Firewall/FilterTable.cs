using Keepalived.Netlink;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Nftables.Expressions;

namespace Keepalived.Vrrp.Firewall;

/// <summary>
/// The table of one family: which rules stand in it follows from which sets are in use. Packets from and to addresses that are not accepted
/// are dropped, but neighbour solicitations and advertisements never are (RFC 9568 section 6.1). Group reports of virtual MAC interfaces
/// leave by the interface below instead, so that switches learn where its own address is and not that of a backup.
/// </summary>
internal sealed class FilterTable(NftFamily family, VrrpFirewallOptions options)
{
    private const string Output = "out";
    private const string Input = "in";
    private const string LinkLocalOutput = "out_link_local";
    private const string LinkLocalInput = "in_link_local";
    private const byte Igmp = 2;
    private const byte IcmpV6 = 58;
    private const byte ListenerReport = 131;
    private const byte RouterSolicitation = 133;
    private const byte NeighbourSolicitation = 135;
    private const byte NeighbourAdvertisement = 136;
    private const byte ListenerReportVersion2 = 143;
    private const uint IcmpTypeOffset = 0;

    private readonly NftSet _vips = family == NftFamily.IPv4
        ? new NftSet(family, options.Table, "vips", NftDataType.IPv4Address, 4)
        : new NftSet(family, options.Table, "vips", NftDataType.IPv6Address, 16);

    private readonly NftSet _linkLocal = new(
        family, options.Table, "vips_link_local", NftDataType.Concatenate(NftDataType.IPv6Address, NftDataType.InterfaceIndex), 20);

    private readonly NftSet _linkLocalByName = new(
        family, options.Table, "vips_link_local_name", NftDataType.Concatenate(NftDataType.IPv6Address, NftDataType.InterfaceName), 32);

    private readonly NftSet _virtualMacs = new(family, options.Table, "vmac_map", NftDataType.InterfaceIndex, 4)
    {
        DataType = NftDataType.InterfaceIndex,
        DataLength = 4,
    };

    private readonly NftSet _solicitors = new(family, options.Table, "vmac_set", NftDataType.InterfaceIndex, 4);

    private readonly NftSet _neighbourDiscovery = Types("neighbor-discovery", family, options);

    private readonly NftSet _listenerReports = Types("mld-report", family, options);

    public NftFamily Family => family;

    /// <summary>The sets that the kernel's table has; none if there is no table.</summary>
    public IReadOnlySet<FilterSet> Sets { get; private set; } = new HashSet<FilterSet>();

    /// <summary>Whether group reports are copied to the interface below; else they are only dropped.</summary>
    public bool CopiesReports { get; set; } = options.CopyGroupReports;

    /// <summary>Forgets what the kernel has.</summary>
    public void Forget() => Sets = new HashSet<FilterSet>();

    /// <summary>Makes the table anew.</summary>
    /// <param name="transaction">What it becomes part of.</param>
    /// <param name="elements">What it is to hold.</param>
    /// <param name="foreseen">Sets that it has besides, for what may come.</param>
    public void Rebuild(NftTransaction transaction, IReadOnlyCollection<FilterElement> elements, params IEnumerable<FilterSet> foreseen)
    {
        var sets = elements.Select(static element => element.Set).ToHashSet();
        sets.UnionWith(Sets);
        sets.UnionWith(foreseen);
        transaction.RemoveTable(family, options.Table);
        transaction.AddTable(new NftTable(family, options.Table));
        AddSets(transaction, sets);
        AddChains(transaction, sets);
        AddOutput(transaction, sets);
        AddInput(transaction, sets);
        AddElements(transaction, elements);
        Sets = sets;
    }

    public void Remove(NftTransaction transaction) => transaction.RemoveTable(family, options.Table);

    public void AddElements(NftTransaction transaction, IEnumerable<FilterElement> elements)
    {
        foreach (var (set, members) in Group(elements))
            transaction.AddElements(set, members);
    }

    public void DeleteElements(NftTransaction transaction, IEnumerable<FilterElement> elements)
    {
        foreach (var (set, members) in Group(elements))
            transaction.DeleteElements(set, members);
    }

    private static NftSet Types(string name, NftFamily family, VrrpFirewallOptions options) =>
        new(family, options.Table, name, NftDataType.IcmpV6Type, 1) { Flags = NftSetFlags.Constant };

    private static bool HasAddresses(HashSet<FilterSet> sets) =>
        sets.Contains(FilterSet.Addresses) || sets.Contains(FilterSet.LinkLocal) || sets.Contains(FilterSet.LinkLocalByName);

    private static uint SourceOffset(NftFamily family) => family == NftFamily.IPv4 ? 12u : 8;

    private static uint DestinationOffset(NftFamily family) => family == NftFamily.IPv4 ? 16u : 24;

    private IEnumerable<(NftSet Set, IEnumerable<NftElement> Members)> Group(IEnumerable<FilterElement> elements)
    {
        foreach (var group in elements.GroupBy(static element => element.Set))
        {
            yield return (SetOf(group.Key), group.Select(static element => element.ToElement()));
            if (group.Key == FilterSet.VirtualMacs && family == NftFamily.IPv6)
                yield return (_solicitors, group.Select(static element => new NftElement(element.Key)));
        }
    }

    private NftSet SetOf(FilterSet set) => set switch
    {
        FilterSet.Addresses => _vips,
        FilterSet.LinkLocal => _linkLocal,
        FilterSet.LinkLocalByName => _linkLocalByName,
        _ => _virtualMacs,
    };

    private void AddSets(NftTransaction transaction, HashSet<FilterSet> sets)
    {
        if (sets.Contains(FilterSet.VirtualMacs))
        {
            transaction.AddSet(_virtualMacs);
            if (family == NftFamily.IPv6)
            {
                transaction.AddSet(_solicitors);
                AddTypes(transaction, _listenerReports, ListenerReport, ListenerReportVersion2);
            }
        }

        if (!HasAddresses(sets))
            return;
        transaction.AddSet(_vips);
        if (family == NftFamily.IPv6)
            AddTypes(transaction, _neighbourDiscovery, NeighbourSolicitation, NeighbourAdvertisement);
        if (sets.Contains(FilterSet.LinkLocal))
            transaction.AddSet(_linkLocal);
        if (sets.Contains(FilterSet.LinkLocalByName))
            transaction.AddSet(_linkLocalByName);
    }

    private static void AddTypes(NftTransaction transaction, NftSet set, params byte[] types)
    {
        transaction.AddSet(set);
        transaction.AddElements(set, types.Select(static type => new NftElement(new NftValue(type))));
    }

    private void AddChains(NftTransaction transaction, HashSet<FilterSet> sets)
    {
        AddBaseChain(transaction, Output, NftHook.Output);
        if (!HasAddresses(sets))
            return;
        AddBaseChain(transaction, Input, NftHook.Input);
        if (family == NftFamily.IPv4)
            return;
        transaction.AddChain(new NftChain(family, options.Table, LinkLocalInput));
        transaction.AddChain(new NftChain(family, options.Table, LinkLocalOutput));
    }

    private void AddOutput(NftTransaction transaction, HashSet<FilterSet> sets)
    {
        if (sets.Contains(FilterSet.VirtualMacs))
        {
            if (family == NftFamily.IPv4)
                AddReportRule(transaction, new PayloadExpression(PayloadBase.NetworkHeader, 9, 1, NftRegister.R1), Equal(Igmp));
            else
                AddReportRule(transaction, [.. IcmpType(), new LookupExpression(_listenerReports.Name, NftRegister.R1)]);
            if (family == NftFamily.IPv6)
            {
                AddRule(transaction, Output, NftVerdict.Drop,
                    [
                        .. IcmpType(), Equal(RouterSolicitation), .. LeavesByMacvlan(),
                        new MetaExpression(MetaKey.OutputInterface, NftRegister.R2),
                        new LookupExpression(_solicitors.Name, NftRegister.R2),
                    ]);
            }
        }

        AddAddressRules(transaction, sets, Output, LinkLocalOutput, SourceOffset(family), MetaKey.OutputInterface, MetaKey.OutputInterfaceName);
    }

    private void AddInput(NftTransaction transaction, HashSet<FilterSet> sets) => AddAddressRules(
        transaction, sets, Input, LinkLocalInput, DestinationOffset(family), MetaKey.InputInterface, MetaKey.InputInterfaceName);

    private void AddAddressRules(
        NftTransaction transaction, HashSet<FilterSet> sets, string chain, string linkLocalChain, uint addressOffset, MetaKey index, MetaKey name)
    {
        if (!HasAddresses(sets))
            return;
        if (family == NftFamily.IPv6)
        {
            AddRule(transaction, chain, NftVerdict.Accept,
                [.. IcmpType(), new LookupExpression(_neighbourDiscovery.Name, NftRegister.R1)]);
            var prefix = InetPrefix.Parse("fe80::/10");
            AddRule(transaction, chain, NftVerdict.Goto(linkLocalChain),
                [
                    Address(addressOffset),
                    BitwiseExpression.And(NftRegister.R1, NftValue.Of(InetAddress.Parse("ffc0::"))),
                    new CompareExpression(NftRegister.R1, NftValue.Of(prefix.Address)),
                ]);
            if (sets.Contains(FilterSet.LinkLocal))
                AddLinkLocalRule(transaction, linkLocalChain, addressOffset, index, _linkLocal);
            if (sets.Contains(FilterSet.LinkLocalByName))
                AddLinkLocalRule(transaction, linkLocalChain, addressOffset, name, _linkLocalByName);
        }

        AddRule(transaction, chain, NftVerdict.Drop, [Address(addressOffset), new LookupExpression(_vips.Name, NftRegister.R1)]);
    }

    private void AddLinkLocalRule(NftTransaction transaction, string chain, uint addressOffset, MetaKey device, NftSet set) =>
        AddRule(transaction, chain, NftVerdict.Drop,
            [Address(addressOffset), new MetaExpression(device, NftRegister.R2), new LookupExpression(set.Name, NftRegister.R1)]);

    /// <summary>A report that leaves by a virtual MAC interface: a copy to the interface below, and no more of it here.</summary>
    private void AddReportRule(NftTransaction transaction, params NftExpression[] isReport)
    {
        var lookup = new LookupExpression(_virtualMacs.Name, NftRegister.R2);
        IEnumerable<NftExpression> expressions = CopiesReports
            ?
            [
                .. isReport, Address(DestinationOffset(family)), .. LeavesByMacvlan(),
                new MetaExpression(MetaKey.OutputInterface, NftRegister.R2), lookup with { Destination = NftRegister.R2 },
                new DuplicateExpression(NftRegister.R1, NftRegister.R2),
            ]
            : [.. isReport, .. LeavesByMacvlan(), new MetaExpression(MetaKey.OutputInterface, NftRegister.R2), lookup];
        AddRule(transaction, Output, NftVerdict.Drop, [.. expressions]);
    }

    private static NftExpression[] LeavesByMacvlan() =>
    [
        new MetaExpression(MetaKey.OutputInterfaceKind, NftRegister.R2),
        new CompareExpression(NftRegister.R2, NftValue.OfInterface("macvlan")),
    ];

    private static NftExpression[] IcmpType() =>
    [
        new MetaExpression(MetaKey.TransportProtocol, NftRegister.R1), Equal(IcmpV6),
        new PayloadExpression(PayloadBase.TransportHeader, IcmpTypeOffset, 1, NftRegister.R1),
    ];

    private static CompareExpression Equal(byte value) => new(NftRegister.R1, new NftValue(value));

    private PayloadExpression Address(uint offset) =>
        new(PayloadBase.NetworkHeader, offset, family == NftFamily.IPv4 ? 4u : 16, NftRegister.R1);

    private void AddBaseChain(NftTransaction transaction, string name, NftHook hook) =>
        transaction.AddChain(new NftChain(family, options.Table, name) { Base = new NftBaseChain(hook, options.Priority) });

    private void AddRule(NftTransaction transaction, string chain, NftVerdict verdict, NftExpression[] match)
    {
        IEnumerable<NftExpression> counted = options.Counters ? [.. match, new CounterExpression()] : match;
        transaction.AddRule(new NftRule(family, options.Table, chain, [.. counted, new ImmediateExpression(verdict)]));
    }
}
