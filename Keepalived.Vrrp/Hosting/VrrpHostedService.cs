using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Keepalived.Vrrp.Hosting;

/// <summary>Starts the engine with the host, and stops it with the host.</summary>
internal sealed class VrrpHostedService(VrrpEngine engine, IOptions<VrrpOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        engine.StartAsync(options.Value.Routers, options.Value.SyncGroups, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
