using System.Globalization;
using System.Text;

namespace Keepalived.Daemon.GenHash;

/// <summary>Bytes in lines of 16: decimal offset, hexadecimal, ASCII.</summary>
internal static class HexDump
{
    private const int Width = 16;

    /// <summary>Adds the lines to a text.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        for (var offset = 0; offset < bytes.Length; offset += Width)
            AppendLine(text, offset, bytes.Slice(offset, Math.Min(Width, bytes.Length - offset)));
    }

    private static void AppendLine(StringBuilder text, int offset, ReadOnlySpan<byte> bytes)
    {
        text.Append(CultureInfo.InvariantCulture, $"{offset:0000} ");
        for (var i = 0; i < Width; i++)
        {
            if (i == Width / 2)
                text.Append(" -");
            if (i < bytes.Length)
                text.Append(CultureInfo.InvariantCulture, $" {bytes[i]:x2}");
            else
                text.Append("   ");
        }

        text.Append("   ");
        for (var i = 0; i < Width; i++)
            text.Append(i >= bytes.Length ? ' ' : bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.');
        text.Append('\n');
    }
}
