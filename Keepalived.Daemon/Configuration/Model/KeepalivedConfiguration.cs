using Keepalived.Daemon.Configuration.Model.VirtualServers;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>Everything that a configuration says, as immutable records that compare by content.</summary>
public sealed record KeepalivedConfiguration
{
    /// <summary>A configuration that says nothing.</summary>
    public static KeepalivedConfiguration Empty { get; } = new();

    /// <summary>Root-level keywords and <c>global_defs</c>.</summary>
    public GlobalDefinitions Global { get; init; } = new();

    /// <summary>VRRP instances, in the order of the file.</summary>
    public EquatableArray<VrrpInstanceConfiguration> VrrpInstances { get; init; }

    /// <summary>VRRP sync groups, in the order of the file.</summary>
    public EquatableArray<VrrpSyncGroupConfiguration> VrrpSyncGroups { get; init; }

    /// <summary>VRRP scripts, in the order of the file.</summary>
    public EquatableArray<VrrpScriptConfiguration> VrrpScripts { get; init; }

    /// <summary>Tracked files, in the order of the file.</summary>
    public EquatableArray<TrackFileConfiguration> TrackFiles { get; init; }

    /// <summary>Tracked processes, in the order of the file.</summary>
    public EquatableArray<TrackProcessConfiguration> TrackProcesses { get; init; }

    /// <summary>Addresses that stand as long as the daemon runs; each names its interface.</summary>
    public EquatableArray<VirtualAddressConfiguration> StaticAddresses { get; init; }

    /// <summary>Routes that stand as long as the daemon runs.</summary>
    public EquatableArray<RouteConfiguration> StaticRoutes { get; init; }

    /// <summary>Policy rules that stand as long as the daemon runs.</summary>
    public EquatableArray<RuleConfiguration> StaticRules { get; init; }

    /// <summary>Instances that track the interfaces of static entries.</summary>
    public EquatableArray<TrackGroupConfiguration> TrackGroups { get; init; }

    /// <summary>Interfaces that share a pace of gratuitous ARP; no interface is in two.</summary>
    public EquatableArray<GarpGroupConfiguration> GarpGroups { get; init; }

    /// <summary>BFD sessions, in the order of the file.</summary>
    public EquatableArray<BfdInstanceConfiguration> BfdInstances { get; init; }

    /// <summary>Virtual servers, in the order of the file; those that cannot be are left out.</summary>
    public EquatableArray<VirtualServerConfiguration> VirtualServers { get; init; }

    /// <summary>Groups of addresses and marks that virtual servers use.</summary>
    public EquatableArray<VirtualServerGroupConfiguration> VirtualServerGroups { get; init; }

    /// <summary>The client side of SSL_GET; null if nothing is said.</summary>
    public SslConfiguration? Ssl { get; init; }

    /// <summary>Which neighbours may open BFD sessions unasked; null for none.</summary>
    public BfdUnsolicitedConfiguration? BfdUnsolicited { get; init; }

    /// <summary>What concerns the daemon as a whole: <c>global_defs</c>, and which processes there are.</summary>
    public KeepalivedConfiguration ToOutline() => new() { Global = Global, NeedsVrrp = NeedsVrrp, NeedsChecker = NeedsChecker, NeedsBfd = NeedsBfd };

    /// <summary>Whether anything here needs the VRRP process.</summary>
    public bool NeedsVrrp { get; init; }

    /// <summary>Whether anything here needs the checker process.</summary>
    public bool NeedsChecker { get; init; }

    /// <summary>Whether anything here needs the BFD process.</summary>
    public bool NeedsBfd { get; init; }
}
