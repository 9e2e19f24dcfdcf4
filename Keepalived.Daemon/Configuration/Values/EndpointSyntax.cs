using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An address and an optional port.</summary>
internal sealed class EndpointSyntax : ValueSyntax<string>
{
    private static readonly NumberSyntax<int> Port = new(0, 65535, lenient: true);

    public override string Description => "IP [PORT]";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = reader.Text(1);
        if (!InetAddress.TryParse(reader[1], out _))
        {
            reader.Invalid(1, $"'{value}' is no IP address", "IP [PORT]");
            return false;
        }

        if (reader.Count < 3)
            return true;
        var read = Port.TryRead(reader, 2, out var port);
        value = $"{value} {port}";
        return read;
    }
}
