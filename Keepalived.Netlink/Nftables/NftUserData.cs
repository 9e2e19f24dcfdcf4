using System.Text;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// What user space keeps with an object and the kernel does not look into: values with a type and a length of one byte each, as libnftnl
/// writes them.
/// </summary>
internal static class NftUserData
{
    /// <summary>The comment of a table, chain, rule, element or object.</summary>
    public const byte Comment = 0;

    /// <summary>The comment of a set.</summary>
    public const byte SetComment = 7;

    /// <summary>The byte order of a set's keys: the nft tool cannot show them without.</summary>
    public const byte SetKeyByteOrder = 0;

    /// <summary>The byte order of a map's values.</summary>
    public const byte SetDataByteOrder = 1;

    private const int MaxLength = 255;

    /// <summary>What is wrong with a comment, or null.</summary>
    public static string? CheckComment(string? comment) =>
        comment is not null && Encoding.UTF8.GetByteCount(comment) > MaxCommentLength ? $"A comment has at most {MaxCommentLength} bytes." : null;

    public static void WriteComment(ref NetlinkMessageWriter writer, ushort type, byte kind, string? comment)
    {
        if (comment is null)
            return;
        Span<byte> bytes = stackalloc byte[MaxLength];
        writer.WriteBytes(type, bytes[..Append(bytes, 0, kind, comment)]);
    }

    public static void WriteForSet(ref NetlinkMessageWriter writer, ushort type, uint? keyOrder, uint? dataOrder, string? comment)
    {
        Span<byte> bytes = stackalloc byte[MaxLength + 12];
        var length = 0;
        length = Append(bytes, length, SetKeyByteOrder, keyOrder);
        length = Append(bytes, length, SetDataByteOrder, dataOrder);
        if (comment is not null)
            length = Append(bytes, length, SetComment, comment);
        if (length > 0)
            writer.WriteBytes(type, bytes[..length]);
    }

    public static string? FindComment(ReadOnlySpan<byte> bytes, byte kind) =>
        TryFind(bytes, kind, out var value) ? Encoding.UTF8.GetString(value.TrimEnd((byte)0)) : null;

    public static bool TryFind(ReadOnlySpan<byte> bytes, byte kind, out ReadOnlySpan<byte> value)
    {
        while (bytes.Length >= 2 && bytes.Length >= 2 + bytes[1])
        {
            value = bytes.Slice(2, bytes[1]);
            if (bytes[0] == kind)
                return true;
            bytes = bytes[(2 + bytes[1])..];
        }

        value = default;
        return false;
    }

    private const int MaxCommentLength = 128;

    private static int Append(Span<byte> bytes, int at, byte kind, string comment)
    {
        var length = Encoding.UTF8.GetBytes(comment, bytes[(at + 2)..]) + 1;
        bytes[at] = kind;
        bytes[at + 1] = (byte)length;
        bytes[at + 1 + length] = 0;
        return at + 2 + length;
    }

    private static int Append(Span<byte> bytes, int at, byte kind, uint? value)
    {
        if (value is not { } number)
            return at;
        bytes[at] = kind;
        bytes[at + 1] = sizeof(uint);
        System.Runtime.InteropServices.MemoryMarshal.Write(bytes[(at + 2)..], number);
        return at + 2 + sizeof(uint);
    }
}
