using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Keepalived.Vrrp.Hosting;

/// <summary>
/// Healthy while all virtual routers take part, as master or backup; else the status it was registered with. The states are its data.
/// </summary>
internal sealed class VrrpHealthCheck(VrrpEngine engine) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var routers = engine.Routers;
        var states = routers.ToDictionary(router => router.Name, router => (object)router.State.ToString());
        var idle = routers.Where(router => router.State is not (VrrpState.Backup or VrrpState.Master)).Select(router => router.Name)
            .ToList();
        if (idle.Count == 0 && routers.Length > 0)
            return Task.FromResult(HealthCheckResult.Healthy(data: states));
        var description = idle.Count == 0 ? "No virtual router runs." : $"Not taking part: {string.Join(", ", idle)}.";
        return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, description, data: states));
    }
}
