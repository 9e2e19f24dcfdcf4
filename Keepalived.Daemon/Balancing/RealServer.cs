using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;

namespace Keepalived.Daemon.Balancing;

/// <summary>A real server of a virtual server, at work.</summary>
internal sealed class RealServer : PoolServer
{
    /// <param name="configuration">What the configuration says.</param>
    /// <param name="name">What it is called: see <see cref="ServiceNames"/>.</param>
    public RealServer(RealServerConfiguration configuration, string name)
        : base(name, configuration.Weight, configuration.InhibitOnFailure) => Configuration = configuration;

    /// <summary>What the configuration says.</summary>
    public RealServerConfiguration Configuration { get; }

    /// <summary>Its checks, in the order of the configuration.</summary>
    public IReadOnlyList<ServerCheck> Checks { get; set; } = [];
}
