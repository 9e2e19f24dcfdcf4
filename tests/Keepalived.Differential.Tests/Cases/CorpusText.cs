using System.Globalization;
using System.Text;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>
/// The notation of the corpus for what an editor would not keep: <c>⏎</c> is a line feed, <c>⟦0D FF⟧</c> are bytes, <c>⟦a*1000000⟧</c> is
/// something repeated, <c>∎</c> ends the text, so that its last line has no line feed. Everything else is UTF-8.
/// </summary>
internal static class CorpusText
{
    private const char Open = '⟦', Close = '⟧', End = '∎';

    public static byte[] ToBytes(string text)
    {
        text = text.IndexOf(End) is var end and >= 0 ? text[..end] : text;
        var bytes = new MemoryStream(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf(Open, at);
            Write(bytes, text[at..(open < 0 ? text.Length : open)]);
            if (open < 0)
                break;
            var close = text.IndexOf(Close, open);
            if (close < 0)
                throw new FormatException($"a {Open} without its {Close}: {text[open..]}");
            WriteEscape(bytes, text[(open + 1)..close]);
            at = close + 1;
        }
        return bytes.ToArray();
    }

    private static void WriteEscape(MemoryStream bytes, string escape)
    {
        if (escape.LastIndexOf('*') is var star and > 0)
        {
            var part = ToBytes(escape[..star]);
            for (var count = int.Parse(escape[(star + 1)..], CultureInfo.InvariantCulture); count > 0; count--)
                bytes.Write(part);
            return;
        }
        bytes.Write(Convert.FromHexString(escape.Replace(" ", "", StringComparison.Ordinal)));
    }

    private static void Write(MemoryStream bytes, string text) => bytes.Write(Encoding.UTF8.GetBytes(text.Replace('⏎', '\n')));
}
