namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>A <c>host</c> block of an SMTP_CHECK.</summary>
internal sealed record SmtpHostDraft(ConnectionDraft Connection, CheckTimes Times);
