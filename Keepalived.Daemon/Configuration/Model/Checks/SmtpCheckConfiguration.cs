using Keepalived.Checkers.Smtp;

namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>SMTP_CHECK</c>: a mail server talks. Each <c>host</c> of the block is a check of its own.</summary>
public sealed record SmtpCheckConfiguration : ConnectingCheckConfiguration
{
    /// <summary><c>helo_name</c>.</summary>
    public string HeloName { get; init; } = SmtpCheckerOptions.DefaultHeloName;
}
