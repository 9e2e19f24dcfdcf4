namespace Keepalived.Daemon.Mail;

/// <summary>What is to be mailed.</summary>
/// <param name="Subject">The subject, without the name of this machine that stands before it.</param>
/// <param name="Body">The text, of one line or more.</param>
internal sealed record MailMessage(string Subject, string Body);
