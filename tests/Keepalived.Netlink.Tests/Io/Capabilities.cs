using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Tests.Io;

/// <summary>Capabilities of the calling thread (capabilities(7)).</summary>
internal static unsafe partial class Capabilities
{
    private const uint Version3 = 0x20080522;
    private const int NetRaw = 13;

    /// <summary>Drops CAP_NET_RAW from the thread's effective set.</summary>
    public static void DropNetRaw()
    {
        var header = stackalloc uint[] { Version3, 0 };
        var data = stackalloc uint[6];
        Assert.That(CapGet(header, data), Is.Zero);
        data[0] &= ~(1u << NetRaw);
        Assert.That(CapSet(header, data), Is.Zero);
    }

    [LibraryImport("libc", EntryPoint = "capget")]
    private static partial int CapGet(uint* header, uint* data);

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int CapSet(uint* header, uint* data);
}
