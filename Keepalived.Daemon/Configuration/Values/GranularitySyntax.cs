using System.Net;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An IPv4 mask, in any notation of inet_aton, or an IPv6 prefix length: by the family of the service, else by its look.</summary>
internal sealed class GranularitySyntax : ValueSyntax<Granularity>
{
    public override string Description => "MASK | 1..128";

    public override bool TryRead(ValueReader reader, Granularity previous, out Granularity value)
    {
        value = default;
        var text = reader.Text(1);
        var family = InetAddress.TryParse(reader.Values.Name, out var address) ? address.Family
            : reader.Values.Find(VirtualServerKeywords.IpFamily)
            ?? (text.Contains('.', StringComparison.Ordinal) ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);
        if (family == AddressFamily.InterNetworkV6)
        {
            var isLength = new NumberSyntax<int>(1, 128).TryRead(reader, 1, out var length);
            value = new Granularity(isLength ? IpvsGranularity.Prefix(length) : default, family);
            return isLength;
        }

        if (!IPAddress.TryParse(text, out var mask) || mask.AddressFamily != AddressFamily.InterNetwork)
        {
            reader.Invalid(1, $"'{text}' is no IPv4 mask", "a mask such as 255.255.255.0");
            return false;
        }

        var bits = InetAddress.FromBytes(mask.GetAddressBytes());
        if (bits.IsAny)
            reader.Remark(1, DiagnosticCodes.Conflict, "a mask without bits would make all clients one; each address counts");
        value = new Granularity(bits.IsAny ? IpvsGranularity.Host : IpvsGranularity.Mask(bits), family);
        return true;
    }
}
