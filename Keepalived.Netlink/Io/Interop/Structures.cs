using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>struct iovec.</summary>
internal unsafe struct IoVec
{
    public void* Base;
    public nuint Length;
}

/// <summary>struct msghdr.</summary>
internal unsafe struct MsgHdr
{
    public void* Name;
    public uint NameLength;
    public IoVec* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr.</summary>
internal struct MMsgHdr
{
    public MsgHdr Header;
    public uint Length;
}

/// <summary>struct cmsghdr, before its data.</summary>
internal struct CMsgHdr
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary>struct itimerspec.</summary>
internal struct TimerSpec
{
    public long IntervalSeconds;
    public long IntervalNanoseconds;
    public long ValueSeconds;
    public long ValueNanoseconds;
}

/// <summary>struct sockaddr_ll.</summary>
internal struct SockAddrLinkLayer
{
    public ushort Family;
    public ushort Protocol;
    public int InterfaceIndex;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public ulong Address;
}

/// <summary>struct ip_mreqn.</summary>
internal struct IpMembership
{
    public uint Group;
    public uint Address;
    public int InterfaceIndex;
}

/// <summary>struct ipv6_mreq.</summary>
internal struct Ipv6Membership
{
    public Ipv6Bytes Group;
    public int InterfaceIndex;
}

/// <summary>struct in6_addr.</summary>
[InlineArray(16)]
internal struct Ipv6Bytes
{
    private byte _first;
}

/// <summary>struct sock_fprog.</summary>
internal unsafe struct SockProgram
{
    public ushort Length;
    public SocketFilterInstruction* Filter;
}

/// <summary>
/// An array of struct epoll_event, which is packed to 12 bytes on x86-64 only and has 16 elsewhere; hence the arithmetic by hand.
/// The memory is pinned for the life of this object.
/// </summary>
internal sealed unsafe class EpollEvents
{
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int Stride = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly byte[] _memory;

    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _memory = GC.AllocateArray<byte>(capacity * Stride, pinned: true);
        Pointer = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
    }

    public int Capacity { get; }

    public byte* Pointer { get; }

    public (uint Events, ulong Data) this[int index]
    {
        get
        {
            var entry = _memory.AsSpan(index * Stride, Stride);
            return (MemoryMarshal.Read<uint>(entry), MemoryMarshal.Read<ulong>(entry[DataOffset..]));
        }
    }

    /// <summary>Writes one event into <paramref name="destination"/>, of at least 16 bytes.</summary>
    public static void Write(Span<byte> destination, uint events, ulong data)
    {
        MemoryMarshal.Write(destination, in events);
        MemoryMarshal.Write(destination[DataOffset..], in data);
    }
}

/// <summary>struct ifreq, with the members of its union that are used here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal unsafe struct InterfaceRequest
{
    [FieldOffset(16)]
    public short Flags;

    [FieldOffset(16)]
    public void* Data;

    // struct mii_ioctl_data.
    [FieldOffset(18)]
    public ushort Register;

    [FieldOffset(22)]
    public ushort Output;
}
