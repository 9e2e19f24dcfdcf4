using System.Net;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An IPv4 mask or an IPv6 prefix length.</summary>
internal sealed class GranularitySyntax : ValueSyntax<string>
{
    public override string Description => "MASK | 1..128";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = reader.Text(1);
        if (!value.Contains('.', StringComparison.Ordinal))
            return new NumberSyntax<int>(1, 128).TryRead(reader, 1, out _);
        if (IPAddress.TryParse(value, out var mask) && mask.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
            return true;
        reader.Invalid(1, $"'{value}' is no IPv4 mask", "a mask such as 255.255.255.0");
        return false;
    }
}
