using System.Globalization;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>key ID VALUE</c>, where the value is text, <c>hex:DIGITS</c>, or <c>file:PATH</c> with one of both inside.</summary>
internal sealed class HmacKeySyntax : ValueSyntax<List<HmacKeyConfiguration>>
{
    private const int MinLength = 32;
    private const int MaxLength = 64;

    private const int MaxId = 255;
    private const string FilePrefix = "file:";
    private const string HexPrefix = "hex:";

    // The widest text of a key in a file: two digits a byte, and the end of the line.
    private const int MaxFileLength = (MaxLength * 2) + 4 + 2;
    private const uint OthersMask = 0b000_111_111;

    public override string Description => "1..255 TEXT|hex:DIGITS|file:PATH";

    public override bool TryRead(ValueReader reader, List<HmacKeyConfiguration>? previous, out List<HmacKeyConfiguration> value)
    {
        value = previous ?? [];
        if (reader.Count < 3)
        {
            reader.Context.ReportMissing(reader.Keyword, reader.Statement);
            return false;
        }

        // What stands here instead of a number may be the key: it is not repeated.
        var id = Integers.Parse(reader[1], out var used, out var overflow);
        if (used != reader[1].Length || overflow || id is < 1 or > MaxId)
        {
            reader.InvalidNumber(1, "the number of the key is malformed or out of range", $"a number from 1 to {MaxId}");
            return false;
        }

        if (value.Exists(key => key.Id == id))
        {
            reader.Context.Error(
                reader.Statement, 1, DiagnosticCodes.Duplicate, $"key: number {id} is given a second time; the first stays");
            return false;
        }

        var text = reader[2].ToString();
        if (text.StartsWith(FilePrefix, StringComparison.Ordinal)
            && !TryReadFile(reader, TextEncoding.ToText(text.AsSpan(FilePrefix.Length)), out text))
        {
            return false;
        }

        if (!TryDecode(text, out var bytes) || bytes.Length is < MinLength or > MaxLength)
        {
            reader.Context.Error(
                reader.Statement, 2, DiagnosticCodes.InvalidValue, "key: the key is malformed or of a wrong length",
                $"{MinLength} to {MaxLength} bytes");
            return false;
        }

        value.Add(new HmacKeyConfiguration((int)id, new Secret(bytes)));
        return true;
    }

    private static bool TryReadFile(ValueReader reader, string path, out string text)
    {
        text = string.Empty;
        var input = reader.Context.Reader;
        var file = input.Source.Read(path, input.Source.CurrentDirectory);
        if (file.Status != ConfigurationFileStatus.Ok)
        {
            reader.Context.Error(reader.Statement, 2, DiagnosticCodes.FileUnusable, $"key: the file {path} cannot be used: {file.Status}");
            return false;
        }

        if (file.Content.Length > MaxFileLength)
        {
            reader.Context.Error(
                reader.Statement, 2, DiagnosticCodes.FileUnusable, $"key: the file {path} is too long for a key",
                $"at most {MaxFileLength} bytes");
            return false;
        }

        CheckAccess(reader, Path.Combine(input.Source.CurrentDirectory, path));
        text = System.Text.Encoding.Latin1.GetString(file.Content.Span).TrimEnd('\r', '\n');
        return true;
    }

    // The mode of the file itself, whatever links lead to it.
    private static void CheckAccess(ValueReader reader, string path)
    {
        var scripts = reader.Context.ScriptEnvironment;
        if (scripts.Resolve(path) is { } file && scripts.GetStatus(file) is { } status && (status.Mode & OthersMask) != 0)
        {
            reader.Context.Remark(
                reader.Statement, 2, DiagnosticCodes.KeyExposed, $"key: others than its owner may access {path}: chmod go= {path}");
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
