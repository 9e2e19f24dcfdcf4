using System.Net;
using Keepalived.Checkers;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Http;
using Keepalived.Checkers.Misc;
using Keepalived.Checkers.Ping;
using Keepalived.Checkers.Smtp;
using Keepalived.Checkers.Udp;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Notify;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Balancing;

/// <summary>Says in the checker library's words what the configuration says of a check.</summary>
internal sealed class CheckerFactory(EventLoop loop, ScriptRunner scripts)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(49);

    // Nearly all checks of a configuration have one and the same.
    private readonly SharedValues _policies = new();

    /// <summary>The TLS settings of all SSL_GET checks.</summary>
    public HttpTlsOptions Tls { get; set; } = new();

    /// <summary>Whether every failure of every check is worth a line in the log.</summary>
    public bool LogsAllFailures { get; set; }

    /// <summary>Makes the probe of a check.</summary>
    /// <param name="check">What the configuration says.</param>
    /// <param name="weight">The configured weight of the server that it is for.</param>
    /// <exception cref="ArgumentException">It cannot be made as configured.</exception>
    public Probe Create(ScheduledCheckConfiguration check, long weight)
    {
        var policy = ToPolicy(check);
        switch (check)
        {
            case TcpCheckConfiguration tcp:
                return new Probe(check, new LoopTcpChecker(loop, tcp.Connection), new CheckerState(policy));
            case HttpCheckConfiguration http:
                var state = new HttpCheckerState(policy, http.Urls.Count, http.FastRecovery);
                return new Probe(check, new HttpChecker(ToHttp(http), state), state);
            case SmtpCheckConfiguration smtp:
                var mail = new SmtpCheckerOptions { Connection = ToConnection(smtp.Connection), HeloName = smtp.HeloName };
                return new Probe(check, new SmtpChecker(mail), new CheckerState(policy));
            case DnsCheckConfiguration dns:
                var question = new DnsCheckerOptions { Connection = ToConnection(dns.Connection), Type = dns.Type, Name = dns.Name };
                return new Probe(check, new DnsChecker(question), new CheckerState(policy));
            case PingCheckConfiguration ping:
                return new Probe(check, new PingChecker(ToConnection(ping.Connection)), new CheckerState(policy));
            case UdpCheckConfiguration udp:
                return new Probe(check, new UdpChecker(ToUdp(udp)), new CheckerState(policy));
            case MiscCheckConfiguration misc:
                var script = new MiscCheckerOptions
                {
                    Script = new LoopScript(loop, scripts, misc.Script),
                    Timeout = Sane(misc.Timeout),
                    Dynamic = misc.IsDynamic,
                    Weight = weight,
                };
                return new Probe(check, new MiscChecker(script), new CheckerState(policy));
            default:
                throw new ArgumentException($"{check.GetType().Name} is no check that runs in a rhythm.", nameof(check));
        }
    }

    private CheckPolicy ToPolicy(ScheduledCheckConfiguration check) => _policies.Share(new CheckPolicy
    {
        DelayLoop = Sane(check.Timing.DelayLoop),
        DelayBeforeRetry = Sane(check.Timing.DelayBeforeRetry),
        Retries = check.Timing.Retry,
        WarmUp = Sane(check.Timing.WarmUp),
        Alpha = check.Alpha,
        LogAllFailures = check.Timing.LogAllFailures || LogsAllFailures,
        FirstFailureDecides = check is not SmtpCheckConfiguration,
        RetryWhileDown = check is SmtpCheckConfiguration,
        FromStart = check is MiscCheckConfiguration,
    });

    // The configuration may say decades, which timers cannot count.
    private static TimeSpan Sane(TimeSpan time) => time < LongestPause ? time : LongestPause;

    private static ConnectionOptions ToConnection(CheckConnection connection) => new()
    {
        Destination = new IPEndPoint(connection.Address.ToIPAddress(), connection.Port),
        Timeout = connection.Timeout,
        BindAddress = connection.BindAddress.IsNone ? null : connection.BindAddress.ToIPAddress(),
        BindPort = connection.BindAddress.IsNone ? 0 : connection.BindPort,
        BindInterface = connection.BindInterface,
        FirewallMark = connection.FirewallMark,
    };

    private HttpCheckerOptions ToHttp(HttpCheckConfiguration http) => new()
    {
        Connection = ToConnection(http.Connection),
        Urls = [.. http.Urls.Select(ToUrl)],
        Protocol = http.Protocol,
        Tls = http.IsTls
            ? Tls with
            {
                SendServerName = http.SendsServerName,
                SendCloseNotify = http.TlsCompliant,
                VerifyCertificate = http.VerifiesCertificate,
            }
            : null,
    };

    private static HttpUrl ToUrl(HttpUrlConfiguration url) => new()
    {
        Path = url.Path,
        VirtualHost = url.Host,
        ServerName = url.ServerName ?? "",
        Digest = url.Digest,
        Status = new HttpStatusSet([.. url.StatusCodes]),
        Regex = url.Regex is { } regex ? ToRegex(regex) : null,
    };

    // Patterns that cannot be used were left out when the configuration was read.
    private static HttpBodyRegex ToRegex(HttpRegexConfiguration regex)
    {
        var pattern = PcrePattern.Translate(regex.Pattern, [.. regex.Options], out var options);
        return new HttpBodyRegex(pattern, options, regex.Negate, ToOffset(regex.MinOffset) ?? 0, ToOffset(regex.MaxOffset));
    }

    private static int? ToOffset(uint? offset) => offset is { } value ? (int)Math.Min(value, int.MaxValue) : null;

    private static UdpCheckerOptions ToUdp(UdpCheckConfiguration udp)
    {
        var options = new UdpCheckerOptions
        {
            Connection = ToConnection(udp.Connection),
            RequireReply = udp.RequireReply,
            Reply = udp.RequireReply && udp.Reply.Count > 0
                ? new UdpReplyPattern([.. udp.Reply], [.. udp.ReplyMask], udp.MinReplyLength, udp.MaxReplyLength)
                : null,
        };
        return udp.Payload.Count > 0 ? options with { Payload = udp.Payload.ToArray() } : options;
    }
}
