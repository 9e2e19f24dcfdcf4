using System.Net;
using System.Text;

namespace Keepalived.Checkers.Connections;

/// <summary>Where a checker connects to, from where, and how long each step may take.</summary>
public sealed record ConnectionOptions
{
    /// <summary>The server (<c>connect_ip</c>, <c>connect_port</c>).</summary>
    public required IPEndPoint Destination { get; init; }

    /// <summary>The time for the connection to come up, and for each answer (<c>connect_timeout</c>). Above zero; 5 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The source address (<c>bindto</c>), of the destination's family.</summary>
    public IPAddress? BindAddress { get; init; }

    /// <summary>
    /// The source port (<c>bind_port</c>), 0 to 65535; 0, the default, lets the kernel choose. Only with <see cref="BindAddress"/>.
    /// </summary>
    public int BindPort { get; init; }

    /// <summary>
    /// The interface (<c>bind_if</c>), at most 15 bytes; needs CAP_NET_RAW on old kernels. An IPv6 link-local destination needs it, or a
    /// scope.
    /// </summary>
    public string? BindInterface { get; init; }

    /// <summary>The firewall mark of what is sent (<c>fwmark</c>, SO_MARK); 0 is none. Needs CAP_NET_ADMIN.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>The clock of the timeouts. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or two do not go together.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Destination);
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromSeconds(uint.MaxValue / 1000))
            throw new ArgumentException($"{nameof(Timeout)} must be above zero and at most 4294967 s, not {Timeout}.");
        if (BindAddress is not null && BindAddress.AddressFamily != Destination.AddressFamily)
            throw new ArgumentException($"{BindAddress} and {Destination} are not of one family.");
        if (BindPort is < 0 or > 65535)
            throw new ArgumentException($"{nameof(BindPort)} must be 0 to 65535, not {BindPort}.");
        if (BindPort != 0 && BindAddress is null)
            throw new ArgumentException($"{nameof(BindPort)} needs a {nameof(BindAddress)}.");
        if (BindInterface is not null && Encoding.UTF8.GetByteCount(BindInterface) is 0 or > 15)
            throw new ArgumentException($"'{BindInterface}' is no name of an interface.");
        if (Destination.Address is { IsIPv6LinkLocal: true, ScopeId: 0 } && BindInterface is null)
            throw new ArgumentException($"{Destination.Address} is link-local: {nameof(BindInterface)} must say on which link.");
    }
}
