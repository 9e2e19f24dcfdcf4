using System.Globalization;
using Keepalived.Checkers;
using Keepalived.Daemon.Mail;

namespace Keepalived.Daemon.Balancing;

/// <summary>What mails say of virtual and real servers. Programs look at the subjects, which are the original's.</summary>
internal static class ServiceMail
{
    /// <summary>A check came to another result.</summary>
    public static MailMessage Of(ServerCheck check, CheckResult result)
    {
        var kind = check.Kind.ToUpperInvariant();
        return Of(check.Service, check.Server, check.Server.IsAlive,
            result.IsSuccess ? $"=> {kind} check succeeds <=" : $"=> {kind} check fails: {result.Reason} <=");
    }

    /// <summary>A real server is no more.</summary>
    public static MailMessage OfEnd(VirtualService service, RealServer server, bool isShutdown) =>
        Of(service, server, isUp: false, EndText(isShutdown));

    /// <summary>A virtual server has its quorum, or has it no more.</summary>
    public static MailMessage Of(VirtualService service, bool isUp, long weight)
    {
        var quorum = service.Pool.Quorum;
        return Of(service, isUp, string.Create(
            CultureInfo.InvariantCulture,
            $"=> {(isUp ? "Gained" : "Lost")} quorum {quorum.Required}+{quorum.Hysteresis}={(isUp ? quorum.UpperThreshold : quorum.LowerThreshold)} <= {weight} <="));
    }

    /// <summary>A virtual server is no more.</summary>
    public static MailMessage OfEnd(VirtualService service, bool isShutdown) => Of(service, isUp: false, EndText(isShutdown));

    private static string EndText(bool isShutdown) => isShutdown ? "=> Shutting down <=" : "=> Removed by a reload <=";

    private static MailMessage Of(VirtualService service, RealServer server, bool isUp, string text) =>
        new($"Realserver {server.Name} of virtual server {service.Name} - {Word(isUp)}", text);

    private static MailMessage Of(VirtualService service, bool isUp, string text) => new($"Virtualserver {service.Name} - {Word(isUp)}", text);

    private static string Word(bool isUp) => isUp ? "UP" : "DOWN";
}
