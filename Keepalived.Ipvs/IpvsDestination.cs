using System.Globalization;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>A real server of a service.</summary>
public sealed record IpvsDestination
{
    /// <summary>Its address. Of another family than the service in a tunnel only.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>
    /// Its port. Only NAT changes ports: for all other methods this is the port of the service, and 0 in a service of a firewall mark.
    /// </summary>
    public required ushort Port { get; init; }

    /// <summary>How packets go to it.</summary>
    public IpvsForwarding Forwarding { get; init; }

    /// <summary>The tunnel, if <see cref="Forwarding"/> is <see cref="IpvsForwarding.Tunnel"/>; else the default value.</summary>
    public IpvsTunnel Tunnel { get; init; }

    /// <summary>Its share, 0 or more. With 0 it gets no new connections and keeps those it has.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>With so many connections it gets no new ones; 0 for no limit.</summary>
    public uint UpperThreshold { get; init; }

    /// <summary>
    /// Below so many it gets new ones again, once it had too many; at most <see cref="UpperThreshold"/>. 0 for three quarters of that.
    /// </summary>
    public uint LowerThreshold { get; init; }

    /// <summary>What tells it from others of its service.</summary>
    public IpvsDestinationKey Key => new(Address, Port);

    /// <summary>Checks what the kernel would refuse.</summary>
    /// <param name="service">The service it is for.</param>
    /// <exception cref="ArgumentException">
    /// A value is out of range: the address is none, all zero or multicast, or of another family than the service outside a tunnel; the
    /// method is unknown; a tunnel is described that is none, or that cannot be; the weight is negative; the lower threshold is above the
    /// upper.
    /// </exception>
    public void Validate(IpvsServiceKey service)
    {
        if (service.IsNone)
            throw Invalid("it has no service");
        if (Address.IsAny || Address.IsMulticast)
            throw Invalid("it needs the address of one machine");
        if (!Enum.IsDefined(Forwarding))
            throw Invalid("there is no such forwarding method");
        if (Forwarding != IpvsForwarding.Tunnel && Address.Family != service.Family)
            throw Invalid($"outside a tunnel its address must be of the family of {service}");
        if (Forwarding != IpvsForwarding.Tunnel && Tunnel != default)
            throw Invalid($"a tunnel is described, but packets go to it by {Forwarding}");
        if (Tunnel.Misfit is { } misfit)
            throw Invalid(misfit);
        if (Weight < 0)
            throw Invalid($"a weight of {Weight} is negative");
        if (LowerThreshold > UpperThreshold)
            throw Invalid($"the lower threshold {LowerThreshold} is above the upper threshold {UpperThreshold}");
    }

    private ArgumentException Invalid(string reason) => new($"IPVS destination {Key}: {reason}.");

    /// <summary>As ipvsadm writes it: <c>192.0.2.10:80 NAT weight 1</c>.</summary>
    public override string ToString()
    {
        var method = Forwarding switch
        {
            IpvsForwarding.Nat => "NAT",
            IpvsForwarding.Local => "Local",
            IpvsForwarding.Tunnel => $"TUN {Tunnel}",
            IpvsForwarding.DirectRouting => "DR",
            _ => Forwarding.ToString(),
        };
        var thresholds = UpperThreshold == 0 ? "" : $" thresholds {LowerThreshold}..{UpperThreshold}";
        return string.Create(CultureInfo.InvariantCulture, $"{Key} {method} weight {Weight}{thresholds}");
    }
}
