using System.Buffers.Binary;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>A value or a verdict: what an immediate loads, and what a map gives for a key (enum nft_data_attributes).</summary>
public readonly record struct NftData
{
    private const ushort ValueAttribute = 1;
    private const ushort VerdictAttribute = 2;
    private const ushort CodeAttribute = 1;
    private const ushort ChainAttribute = 2;

    /// <summary>A value.</summary>
    public NftData(NftValue value) => Value = value;

    /// <summary>A verdict.</summary>
    public NftData(NftVerdict verdict) => Verdict = verdict;

    /// <summary>The value; empty for a verdict.</summary>
    public NftValue Value { get; }

    /// <summary>The verdict; null for a value.</summary>
    public NftVerdict? Verdict { get; }

    /// <summary>Whether it is neither.</summary>
    public bool IsEmpty => Verdict is null && Value.IsEmpty;

    /// <summary>A value.</summary>
    public static implicit operator NftData(NftValue value) => new(value);

    /// <summary>A verdict.</summary>
    public static implicit operator NftData(NftVerdict verdict) => new(verdict);

    /// <summary>A value.</summary>
    public static NftData FromNftValue(NftValue value) => new(value);

    /// <summary>A verdict.</summary>
    public static NftData FromNftVerdict(NftVerdict verdict) => new(verdict);

    /// <inheritdoc/>
    public override string ToString() => Verdict?.ToString() ?? Value.ToString();

    internal void Encode(ref NetlinkMessageWriter writer, ushort type)
    {
        var nest = writer.BeginNested(type);
        if (Verdict is { } verdict)
        {
            var inner = writer.BeginNested(VerdictAttribute);
            writer.WriteUInt32BigEndian(CodeAttribute, (uint)verdict.Code);
            if (verdict.Chain is { } chain)
                writer.WriteString(ChainAttribute, chain);
            writer.EndNested(inner);
        }
        else
        {
            writer.WriteBytes(ValueAttribute, Value.Bytes);
        }

        writer.EndNested(nest);
    }

    internal static bool TryDecode(NetlinkAttributeReader attributes, out NftData data)
    {
        data = default;
        if (attributes.TryFind(ValueAttribute, out var value))
        {
            if (value.Value.Length > NftValue.MaxLength)
                return false;
            data = new NftValue(value.Value);
            return true;
        }

        if (!attributes.TryFind(VerdictAttribute, out var verdict) || !verdict.Nested.TryFind(CodeAttribute, out var code)
            || code.Value.Length != sizeof(int))
            return false;
        data = new NftVerdict(
            (NftVerdictCode)BinaryPrimitives.ReadInt32BigEndian(code.Value),
            verdict.Nested.TryFind(ChainAttribute, out var chain) ? chain.GetString() : null);
        return true;
    }
}
