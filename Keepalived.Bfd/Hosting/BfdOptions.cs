namespace Keepalived.Bfd.Hosting;

/// <summary>
/// What <see cref="BfdServiceCollectionExtensions.AddBfd(Microsoft.Extensions.DependencyInjection.IServiceCollection,
/// Action{BfdOptions})"/> runs.
/// </summary>
public sealed class BfdOptions
{
    /// <summary>The neighbours to hold sessions with.</summary>
    public IList<BfdNeighborOptions> Neighbors { get; } = [];

    /// <summary>What concerns all of them. The host's logging and metrics are used where these options name none.</summary>
    public BfdEndpointOptions Endpoint { get; set; } = new();
}
