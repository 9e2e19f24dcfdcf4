using System.Globalization;
using Keepalived.Checkers;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>What the results of checks are in the words of the log, which operators and their tools know.</summary>
internal static class CheckLog
{
    /// <summary>Logs a result, if it is worth it.</summary>
    public static void Report(ILogger logger, ServerCheck check, in CheckResult result, in CheckVerdict verdict)
    {
        var server = check.Server.Name;
        if (result.Outcome == CheckOutcome.LocalError)
            Log.CheckNotMade(logger, Kind(check.Configuration), server, check.Service.Name, result.Reason);
        else if (verdict.Decision == CheckDecision.Up && (verdict.IsChange || verdict.IsFirst))
            LogSuccess(logger, check);
        else if (verdict.Decision == CheckDecision.Down && (verdict.IsChange || verdict.IsFirst))
            Log.CheckFailed(logger, Failure(check, verdict.Retries), result.Reason);
        else if (verdict.LogAttempt)
            Log.CheckFailed(logger, $"{Kind(check.Configuration)} to {server} failed.", result.Reason);
    }

    private static void LogSuccess(ILogger logger, ServerCheck check)
    {
        // A DNS check says nothing of it; that its server enters the table is said in any case.
        if (check.Configuration is not DnsCheckConfiguration)
            Log.CheckChanged(logger, Success(check));
    }

    private static string Success(ServerCheck check)
    {
        var server = check.Server.Name;
        return check.Configuration switch
        {
            HttpCheckConfiguration => $"Remote Web server {server} succeed on service.",
            SmtpCheckConfiguration => $"Remote SMTP server {server} succeed on service.",
            MiscCheckConfiguration misc => $"{Misc(check, misc)} succeeded.",
            _ => $"{Kind(check.Configuration)} connection to {server} success.",
        };
    }

    private static string Failure(ServerCheck check, uint retries)
    {
        var server = check.Server.Name;
        var after = retries == 0 ? "failed." : string.Create(CultureInfo.InvariantCulture, $"failed after {retries} retries.");
        return check.Configuration switch
        {
            HttpCheckConfiguration { IsTls: true } => $"SSL_CHECK on service {server} {after}",
            HttpCheckConfiguration => $"HTTP_CHECK on service {server} {after}",
            SmtpCheckConfiguration => $"SMTP_CHECK on service {server} {after}",
            DnsCheckConfiguration => $"DNS_CHECK ({server}) {after}",
            PingCheckConfiguration => $"ICMP CHECK on service {server} {after}",
            MiscCheckConfiguration misc => $"{Misc(check, misc)} failed{MiscRetries(misc.Timing.Retry)}.",
            _ => $"{Kind(check.Configuration)}_CHECK on service {server} {after}",
        };
    }

    private static string Misc(ServerCheck check, MiscCheckConfiguration misc) =>
        $"Misc check for [{check.Server.Name} VS {check.Service.Name}] by [{misc.Script.Path}]";

    private static string MiscRetries(uint retries) => retries switch
    {
        0 => " with retry disabled",
        1 => " after 1 retry",
        _ => string.Create(CultureInfo.InvariantCulture, $" after {retries} retries"),
    };

    private static string Kind(CheckConfiguration check) => check switch
    {
        TcpCheckConfiguration => "TCP",
        UdpCheckConfiguration => "UDP",
        PingCheckConfiguration => "ICMP",
        DnsCheckConfiguration => "DNS",
        SmtpCheckConfiguration => "SMTP",
        HttpCheckConfiguration { IsTls: true } => "HTTPS",
        HttpCheckConfiguration => "HTTP",
        MiscCheckConfiguration => "Misc check",
        _ => "Check",
    };
}
