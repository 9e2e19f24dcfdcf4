using System.Globalization;
using Keepalived.Ipvs.Wire;

namespace Keepalived.Ipvs;

/// <summary>How long connections live without a packet. Whole seconds. Set to zero, a timeout stays what it is.</summary>
public sealed record IpvsTimeouts
{
    /// <summary>The longest: 31 days, as in ipvsadm and keepalived.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(31);

    /// <summary>Established TCP connections. The kernel starts with 15 minutes.</summary>
    public TimeSpan Tcp { get; init; }

    /// <summary>TCP connections after a FIN. The kernel starts with 2 minutes.</summary>
    public TimeSpan TcpFin { get; init; }

    /// <summary>UDP. The kernel starts with 5 minutes.</summary>
    public TimeSpan Udp { get; init; }

    /// <summary>Checks what the kernel would refuse.</summary>
    /// <exception cref="ArgumentException">One is negative, above <see cref="Max"/> or not whole seconds.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[] { ("tcp", Tcp), ("tcpfin", TcpFin), ("udp", Udp) })
        {
            if (value < TimeSpan.Zero || value > Max || !WireTime.IsWholeSeconds(value))
                throw new ArgumentException($"IPVS timeouts: {name} of {value} is not whole seconds from 0 to {Max.TotalSeconds}.");
        }
    }

    /// <summary><c>tcp 900 tcpfin 120 udp 300</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"tcp {Tcp.TotalSeconds} tcpfin {TcpFin.TotalSeconds} udp {Udp.TotalSeconds}");
}
