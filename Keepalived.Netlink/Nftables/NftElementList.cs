using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>A message about elements of one set (enum nft_set_elem_list_attributes).</summary>
internal static class NftElementList
{
    private const ushort TableAttribute = 1;
    private const ushort SetAttribute = 2;
    private const ushort ElementsAttribute = 3;
    private const ushort SetIdAttribute = 4;
    private const ushort ListElementAttribute = 1;

    /// <summary>Well below the 65,535 bytes of the attribute that holds them.</summary>
    private const int MaxBytes = 48 * 1024;

    /// <summary>The elements in portions that each fit into a message.</summary>
    public static IEnumerable<ArraySegment<NftElement>> Split(NftElement[] elements)
    {
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < elements.Length; i++)
        {
            var length = elements[i].EstimateLength();
            if (bytes + length > MaxBytes && i > start)
            {
                yield return new ArraySegment<NftElement>(elements, start, i - start);
                (start, bytes) = (i, 0);
            }

            bytes += length;
        }

        if (start < elements.Length)
            yield return new ArraySegment<NftElement>(elements, start, elements.Length - start);
    }

    public static void Encode(ref NetlinkMessageWriter writer, NftSet set, ArraySegment<NftElement> elements)
    {
        NftHeader.Write(ref writer, set.Family);
        writer.WriteString(TableAttribute, set.Table);
        writer.WriteString(SetAttribute, set.Name);
        if (set.Id != 0)
            writer.WriteUInt32BigEndian(SetIdAttribute, set.Id);
        if (elements.Count == 0)
            return;
        var list = writer.BeginNested(ElementsAttribute);
        foreach (var element in elements)
        {
            var nest = writer.BeginNested(ListElementAttribute);
            element.Encode(ref writer);
            writer.EndNested(nest);
        }

        writer.EndNested(list);
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out List<NftElement> elements)
    {
        elements = [];
        var error = NftHeader.TryRead(message, NftMessageType.NewElements, out _, out var attributes);
        if (error != NetlinkDecodeError.None || !attributes.TryFind(ElementsAttribute, out var list))
            return error;
        foreach (var nested in list.Nested)
        {
            if (!NftElement.TryDecode(nested.Nested, out var element))
                return NetlinkDecodeError.MalformedAttribute;
            elements.Add(element);
        }

        return NetlinkDecodeError.None;
    }
}
