using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A host and an optional port.</summary>
internal sealed class HostSyntax : ValueSyntax<(string Host, int Port)>
{
    private const int DefaultPort = 25;

    public override string Description => "HOST|IP [PORT]";

    public override bool TryRead(ValueReader reader, (string Host, int Port) previous, out (string Host, int Port) value)
    {
        value = (reader.Text(1), DefaultPort);
        if (!InetAddress.TryParse(reader[1], out _) && !reader.Context.CanResolve(value.Host))
        {
            reader.Invalid(1, $"'{value.Host}' is no IP address, and cannot be resolved; there is no mail server", Description);
            return false;
        }

        return reader.Count < 3 || new NumberSyntax<int>(1, 65535, lenient: true).TryRead(reader, 2, out value.Port);
    }
}
