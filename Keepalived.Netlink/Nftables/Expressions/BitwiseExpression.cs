using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Changes the bits of a register (<c>bitwise</c>).</summary>
/// <param name="Source">The register read.</param>
/// <param name="Destination">The register written.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Length">How many bytes are changed.</param>
public sealed record BitwiseExpression(uint Source, uint Destination, BitwiseOperation Operation, uint Length) : NftExpression
{
    internal const string KernelName = "bitwise";

    private const ushort SourceAttribute = 1;
    private const ushort DestinationAttribute = 2;
    private const ushort LengthAttribute = 3;
    private const ushort MaskAttribute = 4;
    private const ushort XorAttribute = 5;
    private const ushort OperationAttribute = 6;
    private const ushort DataAttribute = 7;

    /// <summary>The mask of <see cref="BitwiseOperation.MaskAndXor"/>.</summary>
    public NftValue Mask { get; init; }

    /// <summary>The value of its exclusive OR.</summary>
    public NftValue Xor { get; init; }

    /// <summary>By how many bits to shift.</summary>
    public uint Shift { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <summary>Clears the bits of a register that a mask does not have.</summary>
    public static BitwiseExpression And(uint register, NftValue mask) =>
        new(register, register, BitwiseOperation.MaskAndXor, (uint)mask.Length) { Mask = mask, Xor = new NftValue(new byte[mask.Length]) };

    /// <inheritdoc/>
    public override string ToString() => Operation == BitwiseOperation.MaskAndXor
        ? $"bitwise reg {Destination} = (reg {Source} & {Mask}) ^ {Xor}"
        : $"bitwise reg {Destination} = reg {Source} {(Operation == BitwiseOperation.ShiftLeft ? "<<" : ">>")} {Shift}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(SourceAttribute, Source);
        writer.WriteUInt32BigEndian(DestinationAttribute, Destination);
        writer.WriteUInt32BigEndian(LengthAttribute, Length);
        writer.WriteUInt32BigEndian(OperationAttribute, (uint)Operation);
        if (Operation == BitwiseOperation.MaskAndXor)
        {
            new NftData(Mask).Encode(ref writer, MaskAttribute);
            new NftData(Xor).Encode(ref writer, XorAttribute);
        }
        else
        {
            new NftData(NftValue.HostOrder(Shift)).Encode(ref writer, DataAttribute);
        }
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var operation = (BitwiseOperation)attributes.UInt32(OperationAttribute);
        if (operation > BitwiseOperation.ShiftRight)
            return null;
        var shift = attributes.Value(DataAttribute).Bytes;
        return new BitwiseExpression(
            attributes.UInt32(SourceAttribute), attributes.UInt32(DestinationAttribute), operation, attributes.UInt32(LengthAttribute))
        {
            Mask = attributes.Value(MaskAttribute),
            Xor = attributes.Value(XorAttribute),
            Shift = shift.Length == sizeof(uint) ? System.Runtime.InteropServices.MemoryMarshal.Read<uint>(shift) : 0,
        };
    }
}
