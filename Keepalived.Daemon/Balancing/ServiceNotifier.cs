using Keepalived.Checkers;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Mail;
using Keepalived.Daemon.Notify;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// Tells the operator's scripts, FIFOs and mailboxes what happens to virtual and real servers: the script first, then the line, then the mail.
/// Used on the loop, in the order of events.
/// </summary>
internal sealed class ServiceNotifier : IDisposable
{
    private const long StopTimeout = MonotonicClock.Second;

    private readonly ScriptRunner _scripts;
    private readonly ILogger _logger;
    private readonly NotifyFifos _fifos;
    private readonly MailQueue _mails;
    private readonly List<Task> _stopping = [];
    private MailConfiguration _mail = MailConfiguration.None;

    public ServiceNotifier(BalancerOptions options, ILogger logger)
    {
        (_scripts, _logger) = (options.Scripts, logger);
        _fifos = new NotifyFifos(options.Loop, options.Scripts, logger);
        _mails = new MailQueue(logger);
    }

    /// <summary>Goes on with what a configuration says.</summary>
    public void Use(KeepalivedConfiguration configuration)
    {
        _fifos.Use([configuration.Global.NotifyFifo, configuration.Global.LvsNotifyFifo]);
        _mail = configuration.Global.Mail;
        _mails.Use(_mail);
    }

    /// <summary>A check came to another result.</summary>
    /// <param name="check">The check.</param>
    /// <param name="result">The result.</param>
    /// <param name="isServerChange">Whether its real server came up or went down with it.</param>
    public void CheckChanged(ServerCheck check, CheckResult result, bool isServerChange)
    {
        if (Mails(check.Server) && (isServerChange || !_mail.OnlyServers))
            _mails.Post(ServiceMail.Of(check, result));
    }

    /// <summary>A real server came up or went down.</summary>
    public void ServerChanged(VirtualService service, RealServer server, bool isUp)
    {
        Run(isUp ? server.Configuration.NotifyUp : server.Configuration.NotifyDown, isStop: false);
        WriteServer(service, server, isUp);
    }

    /// <summary>A real server is no more, by a reload or by our end, which counts as going down.</summary>
    public void ServerStopped(VirtualService service, RealServer server, bool isShutdown)
    {
        Run(server.Configuration.NotifyDown, isStop: true);
        WriteServer(service, server, isUp: false);
        if (Mails(server))
            _mails.Post(ServiceMail.OfEnd(service, server, isShutdown));
    }

    /// <summary>A virtual server has its quorum, or has it no more.</summary>
    /// <param name="service">The virtual server.</param>
    /// <param name="isUp">Whether it has.</param>
    /// <param name="weight">The weight of the real servers that are alive.</param>
    public void QuorumChanged(VirtualService service, bool isUp, long weight)
    {
        Run(isUp ? service.Configuration.QuorumUp : service.Configuration.QuorumDown, isStop: false);
        WriteQuorum(service, isUp);
        if (Mails(service))
            _mails.Post(ServiceMail.Of(service, isUp, weight));
    }

    /// <summary>A virtual server is no more, by a reload or by our end, which counts as losing the quorum.</summary>
    public void QuorumStopped(VirtualService service, bool isShutdown)
    {
        Run(service.Configuration.QuorumDown, isStop: true);
        WriteQuorum(service, isUp: false);
        if (Mails(service))
            _mails.Post(ServiceMail.OfEnd(service, isShutdown));
    }

    /// <summary>
    /// Completes when the scripts of a stop have ended, or were ended after a second, the FIFOs are closed, and the last mails had a second.
    /// </summary>
    public Task WhenQuietAsync() => Task.WhenAll([.. _stopping, _fifos.CloseAsync(), _mails.CloseAsync(TimeSpan.FromSeconds(1))]);

    /// <inheritdoc/>
    public void Dispose() => _mails.Dispose();

    private bool Mails(RealServer server) => server.Configuration.SmtpAlert ?? _mail.CheckerAlert ?? true;

    private bool Mails(VirtualService service) => service.Configuration.SmtpAlert ?? _mail.CheckerAlert ?? false;

    private void WriteServer(VirtualService service, RealServer server, bool isUp)
    {
        if (_fifos.Any)
            _fifos.Write($"RS {server.Name} {service.Name} {(isUp ? "UP" : "DOWN")}\n");
    }

    private void WriteQuorum(VirtualService service, bool isUp)
    {
        if (_fifos.Any)
            _fifos.Write($"VS {service.Name} {(isUp ? "UP" : "DOWN")}\n");
    }

    private void Run(ScriptConfiguration? script, bool isStop)
    {
        if (script is null)
            return;
        var ended = new TaskCompletionSource();
        if (isStop)
        {
            _stopping.RemoveAll(static task => task.IsCompleted);
            _stopping.Add(ended.Task);
        }

        _scripts.Start(script, [], isStop ? StopTimeout : null, result =>
        {
            ended.SetResult();
            if (result.TimedOut)
                Log.ScriptTimedOut(_logger, "Notify", script.ToString());
            else if (result.StartError == 0 && result.Status.Signal != 0)
                Log.ScriptFailed(_logger, "Notify", script.ToString(), result.Status.ToString());
        });
    }
}
