using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Processes;

/// <summary>What the checks of a configuration need to know of the interfaces of this network namespace.</summary>
internal static class NetworkInterfaces
{
    private const int FlagLoopback = 0x8;
    private const int FlagMulticast = 0x1000;

    /// <summary>The interface with this name, or null.</summary>
    public static InterfaceFacts? Find(string name) => Libc.TryGetInterface(name, out var flags, out var mtu, out var driver)
        ? new InterfaceFacts(name, (flags & FlagLoopback) != 0, (flags & FlagMulticast) != 0, mtu, driver)
        : null;
}
