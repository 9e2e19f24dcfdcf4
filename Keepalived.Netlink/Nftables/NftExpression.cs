using Keepalived.Netlink.Nftables.Expressions;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// One step of a rule (enum nft_expr_attributes): loads a register, compares one, looks something up, counts, or decides. What the kernel
/// has and this library does not know is an <see cref="UnknownExpression"/>, kept as it is.
/// </summary>
public abstract record NftExpression
{
    private const ushort ListElementAttribute = 1;
    private const ushort NameAttribute = 1;
    private const ushort DataAttribute = 2;

    private protected NftExpression()
    {
    }

    private delegate NftExpression? Decoder(ref NftAttributes attributes);

    /// <summary>The kernel's name for it, such as <c>cmp</c>.</summary>
    public abstract string Name { get; }

    internal abstract void Encode(ref NetlinkMessageWriter writer);

    internal void Encode(ref NetlinkMessageWriter writer, ushort type)
    {
        var nest = writer.BeginNested(type);
        writer.WriteString(NameAttribute, Name);
        EncodeData(ref writer, DataAttribute);
        writer.EndNested(nest);
    }

    internal virtual void EncodeData(ref NetlinkMessageWriter writer, ushort type)
    {
        var data = writer.BeginNested(type);
        Encode(ref writer);
        writer.EndNested(data);
    }

    internal static void EncodeList(ref NetlinkMessageWriter writer, ushort type, ValueList<NftExpression> expressions)
    {
        var list = writer.BeginNested(type);
        foreach (var expression in expressions)
            expression.Encode(ref writer, ListElementAttribute);
        writer.EndNested(list);
    }

    /// <summary>What an element carries: one attribute for one expression, another one for several.</summary>
    internal static void Encode(ref NetlinkMessageWriter writer, ushort single, ushort several, ValueList<NftExpression> expressions)
    {
        if (expressions.Count == 1)
            expressions[0].Encode(ref writer, single);
        else if (expressions.Count > 1)
            EncodeList(ref writer, several, expressions);
    }

    internal static bool TryDecode(in NftAttributes attributes, ushort single, ushort several, out ValueList<NftExpression> expressions)
    {
        expressions = [];
        if (attributes.TryFind(single, out var one))
        {
            if (!TryDecode(one.Nested, out var only))
                return false;
            expressions = [only!];
            return true;
        }

        return !attributes.TryFind(several, out var list) || TryDecodeList(list.Nested, out expressions);
    }

    internal static bool TryDecodeList(NetlinkAttributeReader list, out ValueList<NftExpression> expressions)
    {
        List<NftExpression> decoded = [];
        expressions = [];
        foreach (var element in list)
        {
            if (!TryDecode(element.Nested, out var expression))
                return false;
            decoded.Add(expression!);
        }

        expressions = [.. decoded];
        return true;
    }

    internal static bool TryDecode(NetlinkAttributeReader attributes, out NftExpression? expression)
    {
        expression = null;
        if (!attributes.TryFind(NameAttribute, out var name))
            return false;
        attributes.TryFind(DataAttribute, out var data);
        return TryDecode(name.GetString(), data, out expression);
    }

    internal static bool TryDecode(string name, NetlinkAttribute data, out NftExpression? expression)
    {
        var attributes = new NftAttributes(data.Nested);
        expression = attributes.IsMalformed ? null
            : FindDecoder(name) is { } decoder ? decoder(ref attributes) : new UnknownExpression(name, data.Value.ToArray());
        // A form of a known expression that is not known here is kept as well.
        expression ??= attributes.IsMalformed ? null : new UnknownExpression(name, data.Value.ToArray());
        return expression is not null && !attributes.IsMalformed;
    }

    private static Decoder? FindDecoder(string name) => name switch
    {
        BitwiseExpression.KernelName => BitwiseExpression.Decode,
        ByteOrderExpression.KernelName => ByteOrderExpression.Decode,
        CompareExpression.KernelName => CompareExpression.Decode,
        ConnectionTrackingExpression.KernelName => ConnectionTrackingExpression.Decode,
        CounterExpression.KernelName => CounterExpression.Decode,
        DuplicateExpression.KernelName => DuplicateExpression.Decode,
        DynamicSetExpression.KernelName => DynamicSetExpression.Decode,
        ExtensionHeaderExpression.KernelName => ExtensionHeaderExpression.Decode,
        FibExpression.KernelName => FibExpression.Decode,
        ForwardExpression.KernelName => ForwardExpression.Decode,
        HashExpression.KernelName => HashExpression.Decode,
        ImmediateExpression.KernelName => ImmediateExpression.Decode,
        LimitExpression.KernelName => LimitExpression.Decode,
        LogExpression.KernelName => LogExpression.Decode,
        LookupExpression.KernelName => LookupExpression.Decode,
        MasqueradeExpression.KernelName => MasqueradeExpression.Decode,
        MetaExpression.KernelName => MetaExpression.Decode,
        NatExpression.KernelName => NatExpression.Decode,
        NotrackExpression.KernelName => NotrackExpression.Decode,
        NumberGeneratorExpression.KernelName => NumberGeneratorExpression.Decode,
        ObjectReferenceExpression.KernelName => ObjectReferenceExpression.Decode,
        PayloadExpression.KernelName => PayloadExpression.Decode,
        QuotaExpression.KernelName => QuotaExpression.Decode,
        RangeExpression.KernelName => RangeExpression.Decode,
        RedirectExpression.KernelName => RedirectExpression.Decode,
        RejectExpression.KernelName => RejectExpression.Decode,
        _ => null,
    };
}
