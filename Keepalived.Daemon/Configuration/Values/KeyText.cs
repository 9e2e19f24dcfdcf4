using System.Globalization;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The text of a key: itself, <c>hex:DIGITS</c>, or <c>file:PATH</c> with one of both inside. No message repeats it.</summary>
internal static class KeyText
{
    /// <summary>How the documentation shows it.</summary>
    public const string Description = "TEXT|hex:DIGITS|file:PATH";

    private const string FilePrefix = "file:";
    private const string HexPrefix = "hex:";
    private const uint OthersMask = 0b000_111_111;

    /// <summary>Reads the bytes of a key; false, reported, if it is malformed or of a wrong length.</summary>
    /// <param name="reader">The statement.</param>
    /// <param name="word">Which word it is.</param>
    /// <param name="minLength">The least number of bytes.</param>
    /// <param name="maxLength">The most.</param>
    /// <param name="bytes">The key.</param>
    public static bool TryRead(ValueReader reader, int word, int minLength, int maxLength, out byte[] bytes)
    {
        bytes = [];
        var text = reader[word].ToString();
        if (text.StartsWith(FilePrefix, StringComparison.Ordinal)
            && !TryReadFile(reader, word, TextEncoding.ToText(text.AsSpan(FilePrefix.Length)), maxLength, out text))
        {
            return false;
        }

        if (TryDecode(text, out bytes) && bytes.Length >= minLength && bytes.Length <= maxLength)
            return true;
        reader.Context.Error(
            reader.Statement, word, DiagnosticCodes.InvalidValue, $"{reader.Keyword.Name}: the key is malformed or of a wrong length",
            $"{minLength} to {maxLength} bytes");
        return false;
    }

    /// <summary>Reads the number of a key. What stands there instead may be the key: it is not repeated.</summary>
    public static bool TryReadId(ValueReader reader, int word, int min, int max, out int id)
    {
        id = 0;
        var number = Integers.Parse(reader[word], out var used, out var overflow);
        if (used != reader[word].Length || overflow || number < min || number > max)
        {
            reader.InvalidNumber(word, "the number of the key is malformed or out of range", $"a number from {min} to {max}");
            return false;
        }

        id = (int)number;
        return true;
    }

    private static bool TryReadFile(ValueReader reader, int word, string path, int maxLength, out string text)
    {
        text = string.Empty;
        var name = reader.Keyword.Name;
        var input = reader.Context.Reader;
        var file = input.Source.Read(path, input.Source.CurrentDirectory);
        if (file.Status != ConfigurationFileStatus.Ok)
        {
            reader.Context.Error(
                reader.Statement, word, DiagnosticCodes.FileUnusable, $"{name}: the file {path} cannot be used: {file.Status}");
            return false;
        }

        // The widest text of a key: two digits a byte, and the end of the line.
        if (file.Content.Length > (maxLength * 2) + HexPrefix.Length + 2)
        {
            reader.Context.Error(
                reader.Statement, word, DiagnosticCodes.FileUnusable, $"{name}: the file {path} is too long for a key",
                $"at most {maxLength} bytes");
            return false;
        }

        CheckAccess(reader, word, Path.Combine(input.Source.CurrentDirectory, path));
        text = System.Text.Encoding.Latin1.GetString(file.Content.Span).TrimEnd('\r', '\n');
        return true;
    }

    // The mode of the file itself, whatever links lead to it.
    private static void CheckAccess(ValueReader reader, int word, string path)
    {
        var scripts = reader.Context.ScriptEnvironment;
        if (scripts.Resolve(path) is { } file && scripts.GetStatus(file) is { } status && (status.Mode & OthersMask) != 0)
        {
            reader.Context.Remark(
                reader.Statement, word, DiagnosticCodes.KeyExposed,
                $"{reader.Keyword.Name}: others than its owner may access {path}: chmod go= {path}");
        }
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.StartsWith(HexPrefix, StringComparison.Ordinal))
        {
            bytes = System.Text.Encoding.Latin1.GetBytes(text);
            return true;
        }

        var digits = text.AsSpan(HexPrefix.Length);
        if (digits.Length % 2 != 0)
            return false;
        bytes = new byte[digits.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(digits.Slice(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                return false;
        }

        return true;
    }
}
