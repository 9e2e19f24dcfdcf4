using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Keepalived.Ipvs.Wire;

/// <summary>Names as the kernel takes them.</summary>
internal static class WireText
{
    private static readonly SearchValues<char> Printable =
        SearchValues.Create("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>A word of printable ASCII: a scheduler, a persistence engine.</summary>
    public static bool IsName([NotNullWhen(true)] string? text, int maxLength) =>
        !string.IsNullOrEmpty(text) && text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(Printable);

    /// <summary>A text that fits into so many bytes and has no zero in it: an interface.</summary>
    public static bool Fits([NotNullWhen(true)] string? text, int maxLength) =>
        !string.IsNullOrEmpty(text) && !text.Contains('\0') && Encoding.UTF8.GetByteCount(text) <= maxLength;

    /// <summary>The flags in words that hold for every scheduler.</summary>
    public static string Describe(IpvsServiceFlags flags)
    {
        var words = new List<string>();
        if ((flags & IpvsServiceFlags.OnePacket) != 0)
            words.Add("ops");
        if ((flags & IpvsServiceFlags.Scheduler1) != 0)
            words.Add("flag-1");
        if ((flags & IpvsServiceFlags.Scheduler2) != 0)
            words.Add("flag-2");
        if ((flags & IpvsServiceFlags.Scheduler3) != 0)
            words.Add("flag-3");
        return string.Join(',', words);
    }
}
