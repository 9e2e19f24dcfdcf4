using System.Buffers.Binary;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// The 24 fixed bytes of a control packet as a value: what a sender fills in (RFC 5880 §4.1). Intervals are microseconds, as on the wire.
/// </summary>
public readonly record struct BfdControlHeader
{
    /// <summary>The size on the wire, in bytes.</summary>
    public const int Size = 24;

    /// <summary>The protocol version that this library speaks.</summary>
    public const byte ProtocolVersion = 1;

    /// <summary>The sender's state.</summary>
    public BfdState State { get; init; }

    /// <summary>Why the sender's session last changed its state; 0 to 31.</summary>
    public BfdDiagnostic Diagnostic { get; init; }

    /// <summary>The flags. Signing with a <see cref="BfdKey"/> adds <see cref="BfdFlags.AuthenticationPresent"/>.</summary>
    public BfdFlags Flags { get; init; }

    /// <summary>How many intervals of the sender make the receiver's detection time; not zero.</summary>
    public byte DetectMultiplier { get; init; }

    /// <summary>The sender's discriminator; not zero.</summary>
    public uint MyDiscriminator { get; init; }

    /// <summary>The receiver's discriminator as far as the sender knows it, otherwise zero.</summary>
    public uint YourDiscriminator { get; init; }

    /// <summary>The shortest interval at which the sender would like to send, in microseconds; zero is reserved.</summary>
    public uint DesiredMinTxInterval { get; init; }

    /// <summary>The shortest interval at which the sender can receive, in microseconds; zero asks for no periodic packets.</summary>
    public uint RequiredMinRxInterval { get; init; }

    /// <summary>The shortest interval at which the sender can loop back echo packets, in microseconds; zero: not at all.</summary>
    public uint RequiredMinEchoRxInterval { get; init; }

    /// <summary>
    /// Writes the header with a length field of 24 and returns 24. A <see cref="BfdKey"/> lengthens the packet when it signs.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Size"/>.</exception>
    public int WriteTo(Span<byte> destination)
    {
        if (destination.Length < Size)
            throw new ArgumentException("A BFD control packet needs 24 bytes.", nameof(destination));
        destination[0] = (byte)((ProtocolVersion << 5) | ((byte)Diagnostic & 0x1f));
        destination[1] = (byte)(((byte)State << 6) | ((byte)Flags & 0x3f));
        destination[2] = DetectMultiplier;
        destination[3] = Size;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], MyDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], YourDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], DesiredMinTxInterval);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], RequiredMinRxInterval);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], RequiredMinEchoRxInterval);
        return Size;
    }
}
