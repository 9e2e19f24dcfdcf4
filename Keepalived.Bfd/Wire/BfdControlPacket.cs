using System.Buffers.Binary;

namespace Keepalived.Bfd.Wire;

/// <summary>
/// A view of a received control packet (RFC 5880 §4.1). It copies nothing: it is good as long as the bytes beneath it.
/// </summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
/// |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
/// +-----+---------+---+-+-+-+-+-+-+---------------+---------------+
/// |                       My Discriminator                        |
/// |                      Your Discriminator                       |
/// |                 Desired Min TX Interval  (µs)                 |
/// |                Required Min RX Interval  (µs)                 |
/// |              Required Min Echo RX Interval  (µs)              |
/// +---------------+---------------+-------------------------------+
/// |   Auth Type   |   Auth Len    |    Authentication data ...    |   with A only
/// +---------------+---------------+-------------------------------+
/// </code>
/// </remarks>
public readonly ref struct BfdControlPacket
{
    /// <summary>The longest control packet there is, in bytes: a header and a SHA1 section.</summary>
    public const int MaxSize = BfdControlHeader.Size + BfdAuthenticationSection.Sha1Size;

    private const int MinAuthenticatedSize = BfdControlHeader.Size + 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private BfdControlPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The bytes of the packet, as many as its length field says. What followed it in the datagram is not part of it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Why the sender's session last changed its state; may be a reserved value.</summary>
    public BfdDiagnostic Diagnostic => (BfdDiagnostic)(_bytes[0] & 0x1f);

    /// <summary>The sender's state.</summary>
    public BfdState State => (BfdState)(_bytes[1] >> 6);

    /// <summary>All flags.</summary>
    public BfdFlags Flags => (BfdFlags)(_bytes[1] & 0x3f);

    /// <summary>Whether the sender asks for an answer.</summary>
    public bool IsPoll => (Flags & BfdFlags.Poll) != 0;

    /// <summary>Whether this answers a poll.</summary>
    public bool IsFinal => (Flags & BfdFlags.Final) != 0;

    /// <summary>Whether the sender is in demand mode.</summary>
    public bool IsDemand => (Flags & BfdFlags.Demand) != 0;

    /// <summary>Whether an authentication section follows the header.</summary>
    public bool IsAuthenticated => (Flags & BfdFlags.AuthenticationPresent) != 0;

    /// <summary>The sender's detection multiplier, 1 to 255.</summary>
    public byte DetectMultiplier => _bytes[2];

    /// <summary>The sender's discriminator, not zero.</summary>
    public uint MyDiscriminator => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The receiver's discriminator, or zero.</summary>
    public uint YourDiscriminator => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>The sender's desired minimum transmit interval in microseconds.</summary>
    public uint DesiredMinTxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>The sender's required minimum receive interval in microseconds; zero: send nothing periodic.</summary>
    public uint RequiredMinRxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]);

    /// <summary>The sender's required minimum echo receive interval in microseconds; zero: send no echo packets.</summary>
    public uint RequiredMinEchoRxInterval => BinaryPrimitives.ReadUInt32BigEndian(_bytes[20..]);

    /// <summary>The fixed fields as a value.</summary>
    public BfdControlHeader Header => new()
    {
        State = State,
        Diagnostic = Diagnostic,
        Flags = Flags,
        DetectMultiplier = DetectMultiplier,
        MyDiscriminator = MyDiscriminator,
        YourDiscriminator = YourDiscriminator,
        DesiredMinTxInterval = DesiredMinTxInterval,
        RequiredMinRxInterval = RequiredMinRxInterval,
        RequiredMinEchoRxInterval = RequiredMinEchoRxInterval,
    };

    /// <summary>
    /// Reads a UDP payload with the checks of RFC 5880 §6.8.6 that need no session, in its order. Total: any bytes give either a packet and
    /// <see cref="BfdDiscardReason.None"/>, or no packet and the first check that failed.
    /// </summary>
    public static BfdDiscardReason TryParse(ReadOnlySpan<byte> payload, out BfdControlPacket packet)
    {
        packet = default;
        var reason = Check(payload);
        if (reason == BfdDiscardReason.None)
            packet = new BfdControlPacket(payload[..payload[3]]);
        return reason;
    }

    /// <summary>The authentication section of an authenticated packet.</summary>
    /// <returns>False without the flag, or when the section's own length does not fit in the packet.</returns>
    public bool TryGetAuthentication(out BfdAuthenticationSection section)
    {
        section = default;
        return IsAuthenticated && BfdAuthenticationSection.TryParse(_bytes[BfdControlHeader.Size..], out section);
    }

    private static BfdDiscardReason Check(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < BfdControlHeader.Size)
            return BfdDiscardReason.Truncated;
        if (payload[0] >> 5 != BfdControlHeader.ProtocolVersion)
            return BfdDiscardReason.Version;
        var flags = (BfdFlags)payload[1];
        var length = payload[3];
        if (length < ((flags & BfdFlags.AuthenticationPresent) != 0 ? MinAuthenticatedSize : BfdControlHeader.Size))
            return BfdDiscardReason.LengthTooSmall;
        if (length > payload.Length)
            return BfdDiscardReason.LengthBeyondDatagram;
        if (payload[2] == 0)
            return BfdDiscardReason.MultiplierZero;
        if ((flags & BfdFlags.Multipoint) != 0)
            return BfdDiscardReason.Multipoint;
        if ((flags & (BfdFlags.Poll | BfdFlags.Final)) == (BfdFlags.Poll | BfdFlags.Final))
            return BfdDiscardReason.PollAndFinal;
        if (BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == 0)
            return BfdDiscardReason.MyDiscriminatorZero;
        var state = (BfdState)(payload[1] >> 6);
        if (BinaryPrimitives.ReadUInt32BigEndian(payload[8..]) == 0 && state is BfdState.Init or BfdState.Up)
            return BfdDiscardReason.YourDiscriminatorZero;
        return BfdDiscardReason.None;
    }
}
