using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>What is said of the interfaces of all instances.</summary>
public sealed record InterfaceConfiguration
{
    /// <summary>How names of virtual MAC interfaces begin (<c>vmac_prefix</c>).</summary>
    public string VmacPrefix { get; init; } = "vrrp";

    /// <summary>The same for those that only carry addresses (<c>vmac_addr_prefix</c>); <see cref="VmacPrefix"/> if null.</summary>
    public string? VmacAddressPrefix { get; init; }

    /// <summary>Interfaces that are polled (<c>linkbeat_interfaces</c>).</summary>
    public EquatableArray<LinkPolling> Polled { get; init; }

    /// <summary>Whether all are (<c>linkbeat_use_polling</c> outside any block).</summary>
    public bool PollAll { get; init; }

    /// <summary>How long interfaces must be down or up to count as such (<c>interface_up_down_delays</c>).</summary>
    public EquatableArray<InterfaceDelay> Delays { get; init; }
}
