using Keepalived.Bfd.Wire;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Keepalived.Bfd.Hosting;

/// <summary>
/// Healthy while all sessions are up, or down by an administrator's hand; else the status it was registered with. The states are its data.
/// </summary>
internal sealed class BfdHealthCheck(BfdEndpoint endpoint) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var neighbors = endpoint.Neighbors;
        var states = neighbors.ToDictionary(neighbor => neighbor.Name, neighbor => (object)neighbor.State.ToString());
        var down = neighbors.Where(neighbor => neighbor.State is not (BfdState.Up or BfdState.AdminDown)).Select(neighbor => neighbor.Name)
            .ToList();
        if (down.Count == 0 && neighbors.Length > 0)
            return Task.FromResult(HealthCheckResult.Healthy(data: states));
        var description = down.Count == 0 ? "No BFD session runs." : $"Not up: {string.Join(", ", down)}.";
        return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, description, data: states));
    }
}
