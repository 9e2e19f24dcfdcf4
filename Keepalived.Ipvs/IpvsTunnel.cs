using System.Globalization;

namespace Keepalived.Ipvs;

/// <summary>The tunnel to a destination. The default value is IP in IP.</summary>
public readonly record struct IpvsTunnel
{
    /// <summary>The encapsulation.</summary>
    public IpvsTunnelType Type { get; init; }

    /// <summary>The UDP port of GUE, 1 to 65535; 0 for the others.</summary>
    public ushort Port { get; init; }

    /// <summary>The checksum of the outer header: any for GUE, none or a checksum for GRE, none for IP in IP.</summary>
    public IpvsTunnelChecksum Checksum { get; init; }

    /// <summary>IP in IP.</summary>
    public static IpvsTunnel Ipip => default;

    /// <summary>Generic UDP Encapsulation.</summary>
    public static IpvsTunnel Gue(ushort port, IpvsTunnelChecksum checksum = IpvsTunnelChecksum.None) =>
        new() { Type = IpvsTunnelType.Gue, Port = port, Checksum = checksum };

    /// <summary>Generic Routing Encapsulation.</summary>
    public static IpvsTunnel Gre(IpvsTunnelChecksum checksum = IpvsTunnelChecksum.None) =>
        new() { Type = IpvsTunnelType.Gre, Checksum = checksum };

    /// <summary>Why no such tunnel can be; null if it can.</summary>
    internal string? Misfit => Type switch
    {
        IpvsTunnelType.Ipip when Checksum != IpvsTunnelChecksum.None => "IP in IP has no checksum",
        IpvsTunnelType.Gue when Port == 0 => "GUE needs a port",
        IpvsTunnelType.Gue when !Enum.IsDefined(Checksum) => "there is no such checksum",
        IpvsTunnelType.Gre when Checksum is not (IpvsTunnelChecksum.None or IpvsTunnelChecksum.Checksum) =>
            "GRE has no remote checksum",
        IpvsTunnelType.Ipip or IpvsTunnelType.Gre when Port != 0 => "only GUE has a port",
        IpvsTunnelType.Ipip or IpvsTunnelType.Gue or IpvsTunnelType.Gre => null,
        _ => "there is no such encapsulation",
    };

    /// <summary><c>ipip</c>, <c>gue port 5555 checksum</c> ...</summary>
    public override string ToString()
    {
        var port = Port == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" port {Port}");
        var checksum = Checksum == IpvsTunnelChecksum.None ? "" : $" {Checksum.ToString().ToLowerInvariant()}";
        return $"{Type.ToString().ToLowerInvariant()}{port}{checksum}";
    }
}
