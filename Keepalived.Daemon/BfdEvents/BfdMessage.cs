using System.Buffers.Binary;
using System.Text;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// One message from the BFD process to a client: a version byte, the kind, the state, a reserved byte, the number of missed events (4
/// bytes), the time (8 bytes), then the name in UTF-8. Numbers are little-endian.
/// </summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">The session; empty unless <see cref="BfdMessageKind.State"/>.</param>
/// <param name="State">Its state.</param>
/// <param name="Time">When it was entered, in ns of CLOCK_MONOTONIC.</param>
/// <param name="Missed">How many events were dropped, because the client did not take them.</param>
internal readonly record struct BfdMessage(
    BfdMessageKind Kind, string Name = "", BfdClientState State = BfdClientState.Unknown, long Time = 0, uint Missed = 0)
{
    /// <summary>The longest message in bytes.</summary>
    public const int MaximumLength = HeaderLength + MaximumNameLength;

    /// <summary>The longest name in bytes; that of a <c>bfd_instance</c> is shorter.</summary>
    public const int MaximumNameLength = 255;

    private const byte Version = 1;
    private const int HeaderLength = 16;

    /// <summary>Writes the message; returns its length.</summary>
    /// <param name="destination">At least <see cref="MaximumLength"/> bytes.</param>
    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Kind;
        destination[2] = (byte)State;
        destination[3] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Missed);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Time);
        return HeaderLength + Encoding.UTF8.GetBytes(Name, destination.Slice(HeaderLength, MaximumNameLength));
    }

    /// <summary>Reads a message. False if it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BfdMessage message)
    {
        message = default;
        if (bytes.Length is < HeaderLength or > MaximumLength || bytes[0] != Version)
            return false;
        var (kind, state) = ((BfdMessageKind)bytes[1], (BfdClientState)bytes[2]);
        if (kind is < BfdMessageKind.SnapshotBegin or > BfdMessageKind.SnapshotEnd || state > BfdClientState.Up)
            return false;
        if ((kind == BfdMessageKind.State) != (bytes.Length > HeaderLength))
            return false;
        message = new BfdMessage(
            kind,
            Encoding.UTF8.GetString(bytes[HeaderLength..]),
            state,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        return true;
    }
}
