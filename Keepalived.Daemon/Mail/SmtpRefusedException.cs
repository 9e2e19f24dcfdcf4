namespace Keepalived.Daemon.Mail;

/// <summary>The mail server answered something else than was hoped for.</summary>
internal sealed class SmtpRefusedException(string step, int code, string reply)
    : Exception($"{step}: the server said {reply}")
{
    /// <summary>Whether trying again later may help: a 4yz reply (RFC 5321 section 4.2.1).</summary>
    public bool IsTransient => code is >= 400 and < 500;
}
