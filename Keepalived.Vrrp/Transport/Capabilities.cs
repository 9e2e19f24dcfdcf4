using System.Globalization;

namespace Keepalived.Vrrp.Transport;

/// <summary>Whether this thread may do what VRRP needs, found out before anything is touched (capabilities(7)).</summary>
internal static class Capabilities
{
    private const int NetAdmin = 12;
    private const int NetRaw = 13;

    /// <summary>Checks that raw sockets may be opened and addresses changed.</summary>
    /// <exception cref="UnauthorizedAccessException">A capability is missing; the message says which.</exception>
    public static void RequireNetwork()
    {
        var effective = ReadEffective();
        foreach (var (bit, name) in ((int, string)[])[(NetAdmin, "CAP_NET_ADMIN"), (NetRaw, "CAP_NET_RAW")])
        {
            if ((effective & (1UL << bit)) == 0)
            {
                throw new UnauthorizedAccessException(
                    $"VRRP needs the capability {name}, which this process does not have. Run it as root, or give it the capability "
                    + "(systemd: AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW).");
            }
        }
    }

    private static ulong ReadEffective()
    {
        const string Field = "CapEff:";
        foreach (var line in File.ReadLines("/proc/thread-self/status"))
        {
            if (line.StartsWith(Field, StringComparison.Ordinal))
                return ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("/proc/thread-self/status does not tell the effective capabilities.");
    }
}
