using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Keepalived.Bfd.Hosting;

/// <summary>BFD sessions in a host.</summary>
public static class BfdServiceCollectionExtensions
{
    /// <summary>
    /// Runs BFD sessions with the host: they start with it, and stop with it, their neighbours told. Wrong options fail the start. The
    /// <see cref="BfdEndpoint"/> is a service: ask it for the sessions' states and events, or give it new options.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which neighbours.</param>
    public static IServiceCollection AddBfd(this IServiceCollection services, Action<BfdOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<BfdOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BfdOptions>, BfdOptionsValidator>());
        services.TryAddSingleton(CreateEndpoint);
        services.AddHostedService<BfdHostedService>();
        return services;
    }

    /// <summary>
    /// A health check: healthy while every session is up, or administratively down. The data tells the state of each.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags for filtering.</param>
    public static IHealthChecksBuilder AddBfd(
        this IHealthChecksBuilder builder, string name = "bfd", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, static services => new BfdHealthCheck(services.GetRequiredService<BfdEndpoint>()), failureStatus, tags));
    }

    private static BfdEndpoint CreateEndpoint(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<BfdOptions>>().Value.Endpoint;
        return new BfdEndpoint(options with
        {
            LoggerFactory = options.LoggerFactory ?? services.GetService<ILoggerFactory>(),
            MeterFactory = options.MeterFactory ?? services.GetService<IMeterFactory>(),
        });
    }
}
