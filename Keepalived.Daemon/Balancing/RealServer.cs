using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;

namespace Keepalived.Daemon.Balancing;

/// <summary>A real server of a virtual server, at work.</summary>
internal sealed class RealServer
{
    /// <param name="configuration">What the configuration says.</param>
    /// <param name="name">What it is called: see <see cref="ServiceNames"/>.</param>
    public RealServer(RealServerConfiguration configuration, string name)
    {
        (Configuration, Name) = (configuration, name);
        Pool = new PoolServer(name, configuration.Weight, configuration.InhibitOnFailure);
    }

    /// <summary>What the configuration says.</summary>
    public RealServerConfiguration Configuration { get; }

    /// <summary>What it is called in logs, lines and mails.</summary>
    public string Name { get; }

    /// <summary>Whether it is alive, and its weight.</summary>
    public PoolServer Pool { get; }

    /// <summary>Its checks, in the order of the configuration.</summary>
    public List<ServerCheck> Checks { get; } = [];
}
