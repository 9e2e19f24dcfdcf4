using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Interop;

internal static unsafe partial class Libc
{
    public const int UnixFamily = 1;
    public const int DatagramSocket = 2;
    public const int SequencedPacketSocket = 5;
    public const int SocketCloseOnExec = 0x80000;
    public const int SocketNonBlocking = 0x800;
    public const int MessageDoNotWait = 0x40;
    public const int MessageNoSignal = 0x4000;
    public const int MessageTruncated = 0x20;

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    private static partial int SocketNative(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPairNative(int family, int type, int protocol, int* pair);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(SafeHandle socket, byte* address, uint length);

    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    private static partial nint SendNative(SafeHandle socket, byte* bytes, nuint count, int flags);

    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveNative(SafeHandle socket, byte* bytes, nuint count, int flags);

    [LibraryImport(Name, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(SafeHandle file, nuint request, byte* argument);

    /// <summary>How many bytes can be read at once from a pipe or socket (FIONREAD); -1 with errno set.</summary>
    public static int Readable(SafeHandle file)
    {
        const nuint bytesReadable = 0x541B;
        int count;
        return IoControl(file, bytesReadable, (byte*)&count) == 0 ? count : -1;
    }

    /// <summary>
    /// Flags (IFF_*), MTU and driver (<c>macvlan</c>; empty if it says none) of an interface of the calling thread's network namespace.
    /// </summary>
    public static bool TryGetInterface(string name, out int flags, out int mtu, out string driver)
    {
        const int inet = 2, nameSize = 16, requestSize = 40; // struct ifreq of linux/if.h
        const nuint getFlags = 0x8913, getMtu = 0x8921;
        (flags, mtu, driver) = (0, 0, "");
        var request = stackalloc byte[requestSize];
        var bytes = new Span<byte>(request, requestSize);
        bytes.Clear();
        if (!System.Text.Encoding.UTF8.TryGetBytes(name, bytes[..(nameSize - 1)], out _))
            return false;
        using var socket = new SafeFileHandle(SocketNative(inet, DatagramSocket | SocketCloseOnExec, 0), ownsHandle: true);
        if (socket.IsInvalid || IoControl(socket, getFlags, request) != 0)
            return false;
        flags = MemoryMarshal.Read<ushort>(bytes[nameSize..]);
        if (IoControl(socket, getMtu, request) != 0)
            return false;
        mtu = MemoryMarshal.Read<int>(bytes[nameSize..]);
        driver = GetDriver(socket, request, nameSize);
        return true;
    }

    private static string GetDriver(SafeFileHandle socket, byte* request, int nameSize)
    {
        // struct ethtool_drvinfo of linux/ethtool.h
        const int infoSize = 196, driverAt = 4, driverSize = 32, getDriver = 3;
        const nuint ethtool = 0x8946;
        var info = stackalloc byte[infoSize];
        var answer = new Span<byte>(info, infoSize);
        answer.Clear();
        *(int*)info = getDriver;
        *(byte**)(request + nameSize) = info;
        if (IoControl(socket, ethtool, request) != 0)
            return "";
        var driver = answer.Slice(driverAt, driverSize);
        return System.Text.Encoding.ASCII.GetString(driver[..Math.Max(0, driver.IndexOf((byte)0))]);
    }

    /// <summary>A Unix datagram socket. The handle is invalid on failure.</summary>
    public static SafeFileHandle UnixDatagramSocket() =>
        new(SocketNative(UnixFamily, DatagramSocket | SocketCloseOnExec | SocketNonBlocking, 0), ownsHandle: true);

    /// <summary>Two ends of a connection that keeps message boundaries. Handles are invalid on failure.</summary>
    public static (SafeFileHandle First, SafeFileHandle Second) SequencedPacketPair()
    {
        var pair = stackalloc int[2];
        return SocketPairNative(UnixFamily, SequencedPacketSocket | SocketCloseOnExec | SocketNonBlocking, 0, pair) == 0
            ? (new SafeFileHandle(pair[0], true), new SafeFileHandle(pair[1], true))
            : (new SafeFileHandle(-1, true), new SafeFileHandle(-1, true));
    }

    /// <summary>Connects to a socket in the file system, or in the abstract name space if the path starts with <c>@</c>.</summary>
    public static int ConnectUnix(SafeHandle socket, string path)
    {
        const int pathMax = 107;
        Span<byte> address = stackalloc byte[2 + pathMax + 1];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)UnixFamily);
        if (!System.Text.Encoding.UTF8.TryGetBytes(path, address[2..^1], out var length))
        {
            Marshal.SetLastPInvokeError(36); // ENAMETOOLONG
            return -1;
        }

        if (path is ['@', ..])
            address[2] = 0;
        else
            length++;
        fixed (byte* pointer = address)
            return Connect(socket, pointer, (uint)(2 + length));
    }

    /// <summary>Sends one message without waiting and without SIGPIPE.</summary>
    public static nint Send(SafeHandle socket, ReadOnlySpan<byte> message)
    {
        fixed (byte* pointer = message)
            return SendNative(socket, pointer, (nuint)message.Length, MessageDoNotWait | MessageNoSignal);
    }

    /// <summary>Receives one message without waiting; returns its full length, also when the buffer is shorter.</summary>
    public static nint Receive(SafeHandle socket, Span<byte> message)
    {
        fixed (byte* pointer = message)
            return ReceiveNative(socket, pointer, (nuint)message.Length, MessageDoNotWait | MessageTruncated);
    }
}
