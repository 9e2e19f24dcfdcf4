namespace Keepalived.Vrrp.Hosting;

/// <summary>
/// What <see cref="VrrpServiceCollectionExtensions.AddVrrp(Microsoft.Extensions.DependencyInjection.IServiceCollection,
/// Action{VrrpOptions})"/> runs.
/// </summary>
public sealed class VrrpOptions
{
    /// <summary>The virtual routers.</summary>
    public IList<VirtualRouterOptions> Routers { get; } = [];

    /// <summary>Which of them are master together or not at all.</summary>
    public IList<VrrpSyncGroupOptions> SyncGroups { get; } = [];

    /// <summary>What concerns all of them. The host's logging and metrics are used where these options name none.</summary>
    public VrrpEngineOptions Engine { get; set; } = new();
}
