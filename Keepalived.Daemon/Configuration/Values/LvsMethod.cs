using Keepalived.Ipvs;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What <c>lvs_method</c> says.</summary>
internal readonly record struct LvsMethod(IpvsForwarding Forwarding, IpvsTunnel Tunnel = default)
{
    /// <summary>Whether packets reach the server as they came, so that it must listen on the service's port.</summary>
    public bool KeepsPort => Forwarding is IpvsForwarding.DirectRouting or IpvsForwarding.Tunnel;

    public bool IsTunnel => Forwarding == IpvsForwarding.Tunnel;
}
