using System.Text;

namespace Keepalived.Checkers.Files;

/// <summary>
/// The number at the beginning of a tracked file: decimal, 0x hexadecimal or 0 octal, with a sign, and whatever after it.
/// </summary>
public static class FileNumber
{
    /// <summary>How much of a file counts, in bytes.</summary>
    public const int MaxLength = 127;

    /// <summary>Reads the number; 0 if there is none.</summary>
    /// <param name="text">The file, or its start.</param>
    /// <param name="number">The number; the nearest that fits if it does not.</param>
    /// <returns>False if it does not fit 32 bits.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out int number)
    {
        text = text[..Math.Min(text.Length, MaxLength)].TrimStart(" \t\n\v\f\r"u8);
        var isNegative = text.StartsWith("-"u8);
        if (isNegative || text.StartsWith("+"u8))
            text = text[1..];
        var radix = 10;
        if (text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && char.IsAsciiHexDigit((char)text[2]))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.StartsWith("0"u8))
        {
            radix = 8;
        }

        long value = 0;
        foreach (var digit in text)
        {
            var worth = WorthOf(digit);
            if (worth >= radix)
                break;
            value = Math.Min((value * radix) + worth, uint.MaxValue);
        }

        value = isNegative ? -value : value;
        number = (int)Math.Clamp(value, int.MinValue, int.MaxValue);
        return number == value;
    }

    /// <summary>What is written to a file for a number.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Its decimal digits and a newline.</returns>
    public static byte[] Format(int number) => Encoding.ASCII.GetBytes($"{number}\n");

    private static int WorthOf(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => int.MaxValue,
    };
}
