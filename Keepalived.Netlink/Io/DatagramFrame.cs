using System.Buffers;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io;

/// <summary>
/// Datagrams in a pipe. A pipe is a stream of bytes, so each datagram travels as a frame: <see cref="DatagramHeader.Size"/> bytes of
/// header in the layout of this process, then the payload. Frames never leave the process. Neither reading nor writing allocates.
/// </summary>
public static class DatagramFrame
{
    /// <summary>The longest payload that a frame carries: that of IP, and more than any interface's frame.</summary>
    public const int MaxPayloadLength = 65_535;

    // Length, interface, arrival, source, destination, port, hop limit, both families, flags; the rest is zero.
    private const int InterfaceOffset = 4;
    private const int ArrivalOffset = 8;
    private const int SourceOffset = 16;
    private const int DestinationOffset = 32;
    private const int PortOffset = 48;
    private const int HopLimitOffset = 50;
    private const int SourceLengthOffset = 52;
    private const int DestinationLengthOffset = 53;
    private const int FlagsOffset = 54;
    private const byte TruncatedFlag = 1;

    /// <summary>Writes a frame. The header's <see cref="DatagramHeader.Length"/> is taken from the payload.</summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="MaxPayloadLength"/>.</exception>
    public static void Write(IBufferWriter<byte> writer, in DatagramHeader header, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (payload.Length > MaxPayloadLength)
            throw new ArgumentException($"A datagram has at most {MaxPayloadLength} bytes.", nameof(payload));
        var span = writer.GetSpan(DatagramHeader.Size + payload.Length);
        WriteHeader(span, header with { Length = payload.Length });
        payload.CopyTo(span[DatagramHeader.Size..]);
        writer.Advance(DatagramHeader.Size + payload.Length);
    }

    /// <summary>Writes a frame's header alone, for payloads that are built in place behind it.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="DatagramHeader.Size"/>.</exception>
    public static void WriteHeader(Span<byte> destination, in DatagramHeader header)
    {
        if (destination.Length < DatagramHeader.Size)
            throw new ArgumentException("The destination is too short for a header.", nameof(destination));
        var span = destination[..DatagramHeader.Size];
        span.Clear();
        MemoryMarshal.Write(span, header.Length);
        MemoryMarshal.Write(span[InterfaceOffset..], header.InterfaceIndex);
        MemoryMarshal.Write(span[ArrivalOffset..], header.ArrivalTime);
        span[SourceLengthOffset] = (byte)header.Source.WriteTo(span[SourceOffset..]);
        span[DestinationLengthOffset] = (byte)header.Destination.WriteTo(span[DestinationOffset..]);
        MemoryMarshal.Write(span[PortOffset..], header.Port);
        MemoryMarshal.Write(span[HopLimitOffset..], (short)header.HopLimit);
        span[FlagsOffset] = header.IsTruncated ? TruncatedFlag : (byte)0;
    }

    /// <summary>
    /// Reads the frame at the start of <paramref name="buffer"/> and moves that behind it; false if it is not all there yet.
    /// </summary>
    /// <exception cref="InvalidDataException">These bytes were never a frame. The stream cannot be read any further.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out DatagramHeader header, out ReadOnlySequence<byte> payload)
    {
        header = default;
        payload = default;
        if (buffer.Length < DatagramHeader.Size)
            return false;
        var first = buffer.FirstSpan;
        if (first.Length >= DatagramHeader.Size)
        {
            header = ReadHeader(first);
        }
        else
        {
            Span<byte> copy = stackalloc byte[DatagramHeader.Size];
            buffer.Slice(0, DatagramHeader.Size).CopyTo(copy);
            header = ReadHeader(copy);
        }

        if (buffer.Length < DatagramHeader.Size + header.Length)
            return false;
        payload = buffer.Slice(DatagramHeader.Size, header.Length);
        buffer = buffer.Slice(payload.End);
        return true;
    }

    /// <summary>
    /// Reads the frame at the start of <paramref name="buffer"/> with its payload in one piece: as it lies in the pipe, or copied to
    /// <paramref name="scratch"/> if it lies across two segments. A payload that does not fit is cut and marked as truncated.
    /// </summary>
    /// <exception cref="InvalidDataException">These bytes were never a frame. The stream cannot be read any further.</exception>
    public static bool TryRead(
        ref ReadOnlySequence<byte> buffer, Span<byte> scratch, out DatagramHeader header, out ReadOnlySpan<byte> payload)
    {
        if (!TryRead(ref buffer, out header, out ReadOnlySequence<byte> pieces))
        {
            payload = default;
            return false;
        }

        if (pieces.IsSingleSegment)
        {
            payload = pieces.FirstSpan;
            return true;
        }

        if (pieces.Length > scratch.Length)
        {
            pieces = pieces.Slice(0, scratch.Length);
            header = header with { Length = scratch.Length, IsTruncated = true };
        }

        pieces.CopyTo(scratch);
        payload = scratch[..(int)pieces.Length];
        return true;
    }

    private static DatagramHeader ReadHeader(ReadOnlySpan<byte> span)
    {
        var length = MemoryMarshal.Read<int>(span);
        if (length is < 0 or > MaxPayloadLength)
            throw new InvalidDataException($"A datagram frame says that it has {length} bytes.");
        return new DatagramHeader
        {
            Length = length,
            InterfaceIndex = MemoryMarshal.Read<int>(span[InterfaceOffset..]),
            ArrivalTime = MemoryMarshal.Read<long>(span[ArrivalOffset..]),
            Source = ReadAddress(span[SourceOffset..], span[SourceLengthOffset]),
            Destination = ReadAddress(span[DestinationOffset..], span[DestinationLengthOffset]),
            Port = MemoryMarshal.Read<ushort>(span[PortOffset..]),
            HopLimit = MemoryMarshal.Read<short>(span[HopLimitOffset..]),
            IsTruncated = (span[FlagsOffset] & TruncatedFlag) != 0,
        };
    }

    private static InetAddress ReadAddress(ReadOnlySpan<byte> span, byte length) => length switch
    {
        0 => InetAddress.None,
        4 or 16 => InetAddress.FromBytes(span[..length]),
        _ => throw new InvalidDataException($"A datagram frame has an address of {length} bytes."),
    };
}
