using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Keepalived.Bfd.Hosting;

/// <summary>Starts the endpoint with the host, and stops it with the host.</summary>
internal sealed class BfdHostedService(BfdEndpoint endpoint, IOptions<BfdOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        endpoint.StartAsync(options.Value.Neighbors, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => endpoint.StopAsync(cancellationToken);
}
