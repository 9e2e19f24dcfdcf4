using System.Globalization;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>key ID VALUE</c>, where the value is text, <c>hex:DIGITS</c>, or <c>file:PATH</c> with one of both inside.</summary>
internal sealed class HmacKeySyntax : ValueSyntax<List<(int Id, Secret Key)>>
{
    private const int MinLength = 32;
    private const int MaxLength = 64;

    private static readonly NumberSyntax<int> Id = new(1, 255);

    public override string Description => "1..255 TEXT|hex:DIGITS|file:PATH";

    public override bool TryRead(ValueReader reader, List<(int Id, Secret Key)>? previous, out List<(int Id, Secret Key)> value)
    {
        value = previous ?? [];
        if (reader.Count < 3)
        {
            reader.Context.ReportMissing(reader.Keyword, reader.Statement);
            return false;
        }

        if (!Id.TryRead(reader, 1, out var id))
            return false;
        if (value.Exists(key => key.Id == id))
        {
            reader.Context.Error(reader.Statement, 1, DiagnosticCodes.Duplicate, $"key: {id} is given a second time; the first stays");
            return false;
        }

        var text = reader[2].ToString();
        if (text.StartsWith("file:", StringComparison.Ordinal) && !TryReadFile(reader, text[5..], out text))
            return false;
        if (!TryDecode(text, out var bytes) || bytes.Length is < MinLength or > MaxLength)
        {
            reader.Context.Error(
                reader.Statement, 2, DiagnosticCodes.InvalidValue, "key: the key is malformed or of a wrong length",
                $"{MinLength} to {MaxLength} bytes");
            return false;
        }

        value.Add((id, new Secret(bytes)));
        return true;
    }

    private static bool TryReadFile(ValueReader reader, string path, out string text)
    {
        text = string.Empty;
        var input = reader.Context.Reader;
        var file = input.Source.Read(TextEncoding.ToText(path), input.Source.CurrentDirectory);
        if (file.Status != ConfigurationFileStatus.Ok || file.Content.Length > (MaxLength * 2) + 16)
        {
            reader.Context.Error(
                reader.Statement, 2, DiagnosticCodes.FileUnusable,
                $"key: the file cannot be read, or is too long for a key: {file.Status}");
            return false;
        }

        text = System.Text.Encoding.Latin1.GetString(file.Content.Span).TrimEnd('\r', '\n');
        return true;
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!text.StartsWith("hex:", StringComparison.Ordinal))
        {
            bytes = System.Text.Encoding.Latin1.GetBytes(text);
            return true;
        }

        var digits = text.AsSpan(4);
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
