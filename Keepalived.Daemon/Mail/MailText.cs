using System.Globalization;
using System.Text;

namespace Keepalived.Daemon.Mail;

/// <summary>Makes the text of a mail (RFC 5322), as it goes over the wire: lines with CR LF, ready for DATA.</summary>
internal static class MailText
{
    private const int MaxSubject = 255;
    private const int MaxBody = 511;

    /// <summary>The bytes between DATA's 354 and the final dot, which they include.</summary>
    /// <param name="message">The message.</param>
    /// <param name="routerId">The name of this machine, before the subject.</param>
    /// <param name="from">The sender.</param>
    /// <param name="recipients">The recipients.</param>
    /// <param name="now">The present, in local time.</param>
    public static byte[] Create(MailMessage message, string routerId, string from, IReadOnlyList<string> recipients, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Header("Date", now.ToString("ddd, dd MMM yyyy HH':'mm':'ss", CultureInfo.InvariantCulture)
            + now.ToString("' 'zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        Header("From", MailAddressText.ToHeader(from));
        Header("Subject", Encode(Cut(OneLine($"[{routerId}] {message.Subject}"), MaxSubject)));
        Header("X-Mailer", "Keepalived");
        Header("To", string.Join(",\r\n ", recipients.Select(MailAddressText.ToHeader)));
        text.Append("\r\n");
        foreach (var line in Cut(message.Body, MaxBody).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            text.Append(line is ['.', ..] ? "." : "").Append(line).Append("\r\n"); // RFC 5321 section 4.5.2
        return Encoding.UTF8.GetBytes(text.Append(".\r\n").ToString());

        void Header(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Nothing in a header may begin another one.</summary>
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    /// <summary>RFC 2047: what is not ASCII is encoded.</summary>
    private static string Encode(string text) =>
        Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
