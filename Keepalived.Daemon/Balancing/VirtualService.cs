using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing;

/// <summary>A virtual server at work: its pool of real servers, and how that looks in the kernel's table.</summary>
internal sealed class VirtualService
{
    private Dictionary<(InetAddress, ushort), RealServer>? _byEndpoint;

    /// <param name="configuration">What the configuration says.</param>
    /// <param name="keys">Its services in the kernel.</param>
    public VirtualService(VirtualServerConfiguration configuration, IReadOnlyList<IpvsServiceKey> keys)
    {
        (Configuration, Keys, Name) = (configuration, keys, ServiceNames.Of(configuration));
        if (configuration.SorryServer is { } sorry)
        {
            SorryName = ServiceNames.Of(sorry, configuration);
            SorryServer = new PoolServer(SorryName, 1, sorry.InhibitOnFailure);
        }

        Servers = new List<RealServer>(configuration.RealServers.Count);
        Pool = new ServerPool(new Quorum(configuration.Quorum, configuration.Hysteresis), SorryServer);
    }

    /// <summary>What the configuration says.</summary>
    public VirtualServerConfiguration Configuration { get; }

    /// <summary>What it is called in logs, lines and mails.</summary>
    public string Name { get; }

    /// <summary>Its services in the kernel.</summary>
    public IReadOnlyList<IpvsServiceKey> Keys { get; }

    /// <summary>Who is alive, the quorum, and who is in the table.</summary>
    public ServerPool Pool { get; }

    /// <summary>The sorry server; null without one.</summary>
    public PoolServer? SorryServer { get; }

    /// <summary>What the sorry server is called.</summary>
    public string SorryName { get; } = "";

    /// <summary>The real servers, in the order of the configuration.</summary>
    public List<RealServer> Servers { get; }

    /// <summary>Whether it is to be in the kernel: not while it follows a VRRP instance that is not master.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Whether packets to an address are its; those with a mark that others give are not known by it.</summary>
    public bool Serves(InetAddress address) => Configuration.Group is { } group
        ? group.Entries.Any(entry => !entry.IsMark && entry.Family == address.Family && entry.First <= address && address <= entry.Last)
        : Configuration.Address == address;

    /// <summary>By which the kernel tells a real server from the others.</summary>
    public (InetAddress, ushort) EndpointOf(RealServerConfiguration server) =>
        (server.Address, server.Forwarding == IpvsForwarding.Nat || Keys.Count == 0 ? server.Port : Keys[0].Port);

    /// <summary>The real server of the same address and port, when all are there; null if there is none.</summary>
    public RealServer? FindServer(RealServerConfiguration configuration)
    {
        // Only reloads ask, and then for many.
        _byEndpoint ??= Servers.ToDictionary(static server => (server.Configuration.Address, server.Configuration.Port));
        return _byEndpoint.GetValueOrDefault((configuration.Address, configuration.Port));
    }

    /// <summary>The real server of a pool's; null for the sorry server.</summary>
    public static RealServer? Find(PoolServer? server) => server as RealServer;

    /// <summary>
    /// What a process before this one left of a real server in the kernel; null if it left nothing of this virtual server.
    /// </summary>
    public AdoptedServer? FindAdopted(RealServer server, KernelTable table)
    {
        if (Keys.Count == 0 || table.FindService(Keys[0]) is null)
            return null;
        var there = table.FindDestination(Keys[0], ToDestination(server, Keys[0]).Key);
        var isServing = there is not null && (there.Weight > 0 || !server.Configuration.InhibitOnFailure);
        return new AdoptedServer(isServing, isServing ? there!.Weight - server.Configuration.Weight : 0);
    }

    /// <summary>Brings it into the kernel's table, or out of it, also where a process that died had left it there.</summary>
    public void SetActive(bool isActive, KernelTable table)
    {
        IsActive = isActive;
        if (isActive)
            Write(table);
        else
            Erase(table);
    }

    /// <summary>Says at the start that it is not to be in the kernel.</summary>
    public void StartInactive() => IsActive = false;

    /// <summary>Makes the table say all that it should, and nothing else, of its services. What should go, goes last.</summary>
    /// <exception cref="ArgumentException">The kernel would refuse it.</exception>
    public void Write(KernelTable table)
    {
        if (!IsActive)
            return;
        foreach (var key in Keys)
            table.SetService(ToService(key));
        var destinations = new List<IpvsDestination>(Pool.Servers.Count + 1);
        foreach (var key in Keys)
        {
            destinations.Clear();
            foreach (var server in Pool.Servers.Append(SorryServer))
            {
                if (server is { IsInTable: true } && Present(server, key) is { } destination)
                    destinations.Add(destination);
            }

            table.SetDestinations(key, destinations);
        }
    }

    /// <summary>Takes its services out of the kernel's table.</summary>
    public void Erase(KernelTable table)
    {
        foreach (var key in Keys)
            table.RemoveService(key);
    }

    /// <summary>Carries what changed with one server into the kernel's table.</summary>
    public void Carry(PoolServer server, KernelTable table)
    {
        if (!IsActive)
            return;
        foreach (var key in Keys)
        {
            if (Present(server, key) is { } destination)
                table.SetDestination(key, destination);
            else
                table.RemoveDestination(key, ToDestination(server, key).Key);
        }
    }

    /// <summary>
    /// How a server should look in a service; null if it should not be there. The sorry server may be one of the real servers: then the
    /// kernel has one destination for both, and the one that serves says how it looks.
    /// </summary>
    private IpvsDestination? Present(PoolServer server, IpvsServiceKey key)
    {
        var destination = ToDestination(server, key);
        if (Twin(server, destination.Key, key) is { } twin
            && (!server.IsInTable || (twin.IsInTable && twin.TableWeight > 0 && server.TableWeight == 0)))
        {
            (server, destination) = (twin, ToDestination(twin, key));
        }

        return server.IsInTable ? destination : null;
    }

    private PoolServer? Twin(PoolServer server, IpvsDestinationKey destination, IpvsServiceKey key)
    {
        if (Configuration.SorryServer is not { DuplicatesRealServer: true })
            return null;
        if (server != SorryServer)
            return ToDestination(SorryServer!, key).Key == destination ? SorryServer : null;
        return Servers.Find(other => ToDestination(other, key).Key == destination);
    }

    private IpvsService ToService(IpvsServiceKey key) => new()
    {
        Key = key,
        Scheduler = Configuration.Scheduler,
        Flags = Configuration.Flags,
        Persistence = Configuration.Persistence,
    };

    private IpvsDestination ToDestination(PoolServer server, IpvsServiceKey key)
    {
        var weight = (int)server.TableWeight;
        if (Find(server)?.Configuration is { } real)
        {
            return new IpvsDestination
            {
                Address = real.Address,
                Port = real.Forwarding == IpvsForwarding.Nat ? real.Port : key.Port,
                Forwarding = real.Forwarding,
                Tunnel = real.Tunnel,
                Weight = weight,
                UpperThreshold = real.UpperThreshold,
                LowerThreshold = real.LowerThreshold,
            };
        }

        var sorry = Configuration.SorryServer!;
        return new IpvsDestination
        {
            Address = sorry.Address,
            Port = sorry.Forwarding == IpvsForwarding.Nat ? sorry.Port : key.Port,
            Forwarding = sorry.Forwarding,
            Tunnel = sorry.Tunnel,
            Weight = weight,
        };
    }
}
