using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Keepalived.Vrrp.Hosting;

/// <summary>Virtual routers in a host.</summary>
public static class VrrpServiceCollectionExtensions
{
    /// <summary>
    /// Runs virtual routers with the host: they start with it, and stop with it, their addresses removed. Wrong options fail the start. The
    /// <see cref="VrrpEngine"/> is a service: ask it for the routers' states and events, or give it new options.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which routers.</param>
    public static IServiceCollection AddVrrp(this IServiceCollection services, Action<VrrpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<VrrpOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VrrpOptions>, VrrpOptionsValidator>());
        services.TryAddSingleton(CreateEngine);
        services.AddHostedService<VrrpHostedService>();
        return services;
    }

    /// <summary>
    /// A health check: healthy while every virtual router is master or backup. A router in <see cref="VrrpState.Fault"/> gives the
    /// failure status, and the data tells the state of each.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags for filtering.</param>
    public static IHealthChecksBuilder AddVrrp(
        this IHealthChecksBuilder builder, string name = "vrrp", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, static services => new VrrpHealthCheck(services.GetRequiredService<VrrpEngine>()), failureStatus, tags));
    }

    private static VrrpEngine CreateEngine(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<VrrpOptions>>().Value.Engine;
        return new VrrpEngine(options with
        {
            LoggerFactory = options.LoggerFactory ?? services.GetService<ILoggerFactory>(),
            MeterFactory = options.MeterFactory ?? services.GetService<IMeterFactory>(),
        });
    }
}
