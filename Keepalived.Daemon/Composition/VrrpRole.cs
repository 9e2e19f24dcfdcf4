using System.Collections.Immutable;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Composition;

/// <summary>The VRRP child: the configuration's instances on the library's engine, and what the operator wants to happen around them.</summary>
internal sealed class VrrpRole : IRole
{
    private VrrpEngine? _engine;
    private InstanceNotifier? _notifier;
    private TrackScripts? _scripts;
    private KeepalivedConfiguration _running = KeepalivedConfiguration.Empty;

    /// <inheritdoc/>
    public async ValueTask StartAsync(ChildContext context, ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        _notifier = new InstanceNotifier(context);
        _notifier.Use(wanted);
        _engine = new VrrpEngine(new VrrpEngineOptions
        {
            EventLoop = context.Loop,
            LoggerFactory = context.Loggers,
            Observer = _notifier.OnEvent,
            DynamicInterfaces = wanted.Global.DynamicInterfaces != DynamicInterfaces.Off,
            StartupDelay = StartupDelay.Remaining(wanted.Global.Vrrp),
            ReleaseOnStop = !context.Options.KeepVrrp,
            LogUnknownVirtualRouterIds = wanted.Global.Vrrp.LogUnknownVrids,
        });
        _scripts = new TrackScripts(context, _engine.ReportTracked);
        _scripts.Use(wanted);
        await Explain(() => _engine.StartAsync(ToRouters(wanted))).ConfigureAwait(true);
        _running = wanted;
    }

    /// <inheritdoc/>
    public async ValueTask ReloadAsync(ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        _notifier!.Use(wanted);
        try
        {
            await Explain(() => _engine!.ApplyAsync(ToRouters(wanted))).ConfigureAwait(true);
        }
        catch (RoleFailure)
        {
            _notifier.Use(_running); // nothing has happened to the instances: they keep their scripts, too
            throw;
        }

        _scripts!.Use(wanted);
        _running = wanted;
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _scripts?.Dispose();
        if (_engine is not null)
            await _engine.DisposeAsync().ConfigureAwait(true);
        if (_notifier is not null)
            await _notifier.WhenQuietAsync().ConfigureAwait(true);
    }

    /// <inheritdoc/>
    public void Dispose() => _scripts?.Dispose();

    private static ImmutableArray<VirtualRouterOptions> ToRouters(KeepalivedConfiguration configuration) =>
        [.. configuration.VrrpInstances.Select(instance => instance.ToOptions(configuration.Global, configuration.VrrpScripts))];

    /// <summary>What the library refuses is the operator's to mend: in the daemon's words and with its exit codes.</summary>
    private static async Task Explain(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(true);
        }
        catch (Exception e) when (e is ArgumentException or InterfaceNotFoundException)
        {
            throw new RoleFailure(ExitCode.Configuration, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RoleFailure(ExitCode.Permission, e.Message);
        }
    }
}
