using System.Net;
using System.Net.Sockets;

namespace Keepalived.Daemon.Processes;

/// <summary>What the checks of a configuration need to know of the names of other hosts.</summary>
internal static class HostNames
{
    /// <summary>Whether a name has an address, now and in this network namespace.</summary>
    public static bool CanResolve(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).Length > 0;
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return false;
        }
    }
}
