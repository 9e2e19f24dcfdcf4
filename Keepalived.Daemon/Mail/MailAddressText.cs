using System.Buffers;

namespace Keepalived.Daemon.Mail;

/// <summary>An address as the configuration has it: <c>user@host</c>, or <c>Name &lt;user@host&gt;</c>.</summary>
internal static class MailAddressText
{
    // RFC 5322 section 3.2.3: a name with one of these is a quoted string.
    private static readonly SearchValues<char> Specials = SearchValues.Create("()<>[]:;@\\,.");

    /// <summary>The address for the envelope (RFC 5321 section 4.1.2), in angle brackets.</summary>
    public static string ToEnvelope(string text)
    {
        var (open, close) = (text.LastIndexOf('<'), text.LastIndexOf('>'));
        return open >= 0 && close > open ? text[open..(close + 1)] : $"<{text.Trim()}>";
    }

    /// <summary>The address for the header, its name quoted where it has to be.</summary>
    public static string ToHeader(string text)
    {
        var open = text.LastIndexOf('<');
        if (open <= 0)
            return text.Trim();
        var name = text[..open].Trim();
        if (name is not ['"', .., '"'] && name.AsSpan().ContainsAny(Specials))
            name = $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        return $"{name} {text[open..].Trim()}".TrimStart();
    }
}
