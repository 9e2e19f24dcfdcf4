using System.Text;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>
/// Configuration is bytes. In work each byte is one character (Latin-1), so that nothing can be malformed; what leaves as a string is
/// decoded from UTF-8 where it is that.
/// </summary>
internal static class TextEncoding
{
    /// <summary>The string that the bytes mean: UTF-8, or Latin-1 where they are no UTF-8.</summary>
    public static string ToText(ReadOnlySpan<char> bytes)
    {
        if (Ascii.IsValid(bytes))
            return bytes.ToString();
        Span<byte> buffer = bytes.Length <= 2048 ? stackalloc byte[bytes.Length] : new byte[bytes.Length];
        ToBytes(bytes, buffer);
        return System.Text.Unicode.Utf8.IsValid(buffer) ? Encoding.UTF8.GetString(buffer) : bytes.ToString();
    }

    /// <summary>The bytes of a string, one character each.</summary>
    public static string ToBytesText(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes themselves.</summary>
    public static void ToBytes(ReadOnlySpan<char> bytes, Span<byte> destination) => Encoding.Latin1.GetBytes(bytes, destination);
}
