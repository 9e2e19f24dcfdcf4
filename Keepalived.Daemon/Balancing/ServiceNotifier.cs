using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// Tells the operator's scripts and FIFOs what happens to virtual and real servers: the script first, then the line. Used on the loop, in
/// the order of events.
/// </summary>
internal sealed class ServiceNotifier
{
    private const long StopTimeout = MonotonicClock.Second;

    private readonly ScriptRunner _scripts;
    private readonly ILogger _logger;
    private readonly NotifyFifos _fifos;
    private readonly List<Task> _stopping = [];

    public ServiceNotifier(BalancerOptions options, ILogger logger)
    {
        (_scripts, _logger) = (options.Scripts, logger);
        _fifos = new NotifyFifos(options.Loop, options.Scripts, logger);
    }

    /// <summary>Goes on with what a configuration says.</summary>
    public void Use(KeepalivedConfiguration configuration) =>
        _fifos.Use([configuration.Global.NotifyFifo, configuration.Global.LvsNotifyFifo]);

    /// <summary>A real server came up or went down.</summary>
    public void ServerChanged(VirtualService service, RealServer server, bool isUp)
    {
        Run(isUp ? server.Configuration.NotifyUp : server.Configuration.NotifyDown, isStop: false);
        WriteServer(service, server, isUp);
    }

    /// <summary>A real server is no more, which counts as going down.</summary>
    public void ServerStopped(VirtualService service, RealServer server)
    {
        Run(server.Configuration.NotifyDown, isStop: true);
        WriteServer(service, server, isUp: false);
    }

    /// <summary>A virtual server has its quorum, or has it no more.</summary>
    public void QuorumChanged(VirtualService service, bool isUp)
    {
        Run(isUp ? service.Configuration.QuorumUp : service.Configuration.QuorumDown, isStop: false);
        WriteQuorum(service, isUp);
    }

    /// <summary>A virtual server is no more, which counts as losing the quorum.</summary>
    public void QuorumStopped(VirtualService service)
    {
        Run(service.Configuration.QuorumDown, isStop: true);
        WriteQuorum(service, isUp: false);
    }

    /// <summary>Completes when the scripts of a stop have ended, or were ended after a second, and the FIFOs are closed.</summary>
    public Task WhenQuietAsync() => Task.WhenAll([.. _stopping, _fifos.CloseAsync()]);

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
