using System.Globalization;
using System.Runtime.InteropServices;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>The sockets of a running process: their family, protocol and receive buffer in bytes, as the kernel counts it (twice what was asked for).</summary>
internal sealed record OpenSocket(int Family, int Protocol, int ReceiveBuffer)
{
    public const int Netlink = 16;
    public const int IPv4 = 2;
    public const int Route = 0;
    public const int Connector = 11;
    public const int Vrrp = 112;

    public static unsafe IReadOnlyList<OpenSocket> Of(int pid)
    {
        var process = Libc.OpenProcess(pid);
        if (process < 0)
            Assert.Inconclusive($"the sockets of another process cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            var sockets = new List<OpenSocket>();
            foreach (var path in Directory.EnumerateFiles($"/proc/{pid}/fd"))
            {
                var descriptor = Libc.TakeDescriptor(process, int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
                if (descriptor < 0)
                    continue;
                if (Option(descriptor, Libc.SocketDomain) is { } family)
                    sockets.Add(new OpenSocket(family, Option(descriptor, Libc.SocketProtocol) ?? -1, Option(descriptor, Libc.ReceiveBuffer) ?? 0));
                _ = Libc.Close(descriptor);
            }

            return sockets;
        }
        finally
        {
            _ = Libc.Close(process);
        }
    }

    private static unsafe int? Option(int descriptor, int option)
    {
        int value, length = sizeof(int);
        return Libc.GetSocketOption(descriptor, Libc.SocketLevel, option, &value, &length) == 0 ? value : null;
    }
}
