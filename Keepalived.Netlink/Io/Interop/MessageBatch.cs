using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>
/// The pinned memory of one recvmmsg or sendmmsg: headers, addresses, control messages and data of a number of datagrams.
/// </summary>
internal sealed unsafe class MessageBatch
{
    /// <summary>How many datagrams one call carries at most.</summary>
    public const int Count = 32;

    private const int ControlCapacity = 128;

    private readonly MMsgHdr[] _headers = GC.AllocateArray<MMsgHdr>(Count, pinned: true);
    private readonly IoVec[] _vectors = GC.AllocateArray<IoVec>(Count, pinned: true);
    private readonly byte[] _names = GC.AllocateArray<byte>(Count * SocketAddresses.Capacity, pinned: true);
    private readonly byte[] _controls = GC.AllocateArray<byte>(Count * ControlCapacity, pinned: true);
    private byte[] _data = [];

    public MessageBatch()
    {
        for (var i = 0; i < Count; i++)
        {
            ref var header = ref _headers[i].Header;
            header.Name = NamePointer(i);
            header.Vectors = (IoVec*)Unsafe.AsPointer(ref _vectors[i]);
            header.VectorCount = 1;
            header.Control = ControlPointer(i);
        }

        EnsureCapacity(Count * 2048);
    }

    /// <summary>The headers, as the system calls want them.</summary>
    public MMsgHdr* Headers => (MMsgHdr*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_headers));

    /// <summary>The datagrams' bytes.</summary>
    public Span<byte> Data => _data;

    /// <summary>Room for a datagram's address.</summary>
    public Span<byte> Name(int index) => _names.AsSpan(index * SocketAddresses.Capacity, SocketAddresses.Capacity);

    /// <summary>Room for a datagram's control messages.</summary>
    public Span<byte> Control(int index) => _controls.AsSpan(index * ControlCapacity, ControlCapacity);

    /// <summary>Where <see cref="Name"/> is.</summary>
    public void* NamePointer(int index) => PointerTo(_names, index * SocketAddresses.Capacity);

    /// <summary>Where <see cref="Control"/> is.</summary>
    public void* ControlPointer(int index) => PointerTo(_controls, index * ControlCapacity);

    /// <summary>The header of a datagram.</summary>
    public ref MMsgHdr Header(int index) => ref _headers[index];

    /// <summary>Places a datagram in <see cref="Data"/>.</summary>
    public void SetData(int index, int offset, int length)
    {
        _vectors[index].Base = PointerTo(_data, offset);
        _vectors[index].Length = (nuint)length;
    }

    /// <summary>The length that <see cref="SetData"/> gave a datagram.</summary>
    public int DataLength(int index) => (int)_vectors[index].Length;

    /// <summary>Makes room for this many bytes. What was there is lost.</summary>
    public void EnsureCapacity(int bytes)
    {
        if (_data.Length < bytes)
            _data = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
    }

    // The arrays are pinned for life.
    private static byte* PointerTo(byte[] array, int offset) => (byte*)Unsafe.AsPointer(ref array[offset]);
}
