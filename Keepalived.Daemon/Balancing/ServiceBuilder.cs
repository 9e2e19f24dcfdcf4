using Keepalived.Checkers;
using Keepalived.Checkers.Files;
using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// Makes virtual servers of their configuration: anew, in place of one that a reload changes, or in place of one that another process left
/// in the kernel.
/// </summary>
internal sealed class ServiceBuilder(CheckerFactory factory, ProbeSet probes, KernelTable table, ILogger logger)
{
    /// <summary>The number of a tracked file; 0 for one that was not read.</summary>
    public required Func<string, int> FileNumber { get; init; }

    /// <summary>
    /// The last state that was heard of a BFD session: up, down, or nothing.
    /// </summary>
    public required Func<string, bool?> BfdState { get; init; }

    /// <summary>Whether checks that say the same as before go on as they are; not where something common to all has changed.</summary>
    public bool KeepsProbes { get; set; } = true;

    /// <summary>Makes a virtual server and starts its pool; the kernel's table is not touched.</summary>
    /// <param name="configuration">What the configuration says.</param>
    /// <param name="keys">Its services.</param>
    /// <param name="old">What it replaces; null for a new one.</param>
    /// <param name="isRestart">Whether another process left it in the kernel: who is in the table then was alive.</param>
    public VirtualService Build(
        VirtualServerConfiguration configuration, IReadOnlyList<IpvsServiceKey> keys, VirtualService? old, bool isRestart)
    {
        var service = new VirtualService(configuration, keys);
        var predecessors = new Dictionary<PoolServer, RealServer>();
        var endpoints = new HashSet<(InetAddress, ushort)>(configuration.RealServers.Count);
        foreach (var wanted in configuration.RealServers)
        {
            var server = new RealServer(wanted, ServiceNames.Of(wanted, configuration));
            if (!endpoints.Add(service.EndpointOf(wanted)))
            {
                Log.RealServerDuplicate(logger, server.Name, service.Name);
                continue;
            }

            service.Servers.Add(server);
            var before = old?.FindServer(wanted);
            if (before is not null)
                predecessors.Add(server, before);
            AddChecks(service, server, before, isRestart ? service.FindAdopted(server, table) : null);
            service.Pool.Add(server);
        }

        if (old is null)
            service.Pool.Start();
        else
            service.Pool.Resume(old.Pool, server => server == service.SorryServer ? SameSorryServer(service, old) : Predecessor(server));
        return service;

        PoolServer? Predecessor(PoolServer server) =>
            predecessors.GetValueOrDefault(server);
    }

    private static PoolServer? SameSorryServer(VirtualService service, VirtualService old)
    {
        var (now, before) = (service.Configuration.SorryServer, old.Configuration.SorryServer);
        return now is not null && before is not null && now.Address == before.Address && now.Port == before.Port ? old.SorryServer : null;
    }

    private void AddChecks(VirtualService service, RealServer server, RealServer? before, AdoptedServer? adopted)
    {
        var left = before?.Checks.ToList() ?? [];
        var checks = new List<ServerCheck>(server.Configuration.Checks.Count);
        foreach (var wanted in server.Configuration.Checks)
        {
            var same = left.Find(check => check.Configuration == wanted)
                ?? left.Find(check => CheckMigration.IsContinued(check.Configuration, wanted));
            if (same is not null)
                left.Remove(same);
            var start = wanted is FileCheckConfiguration file
                ? FromFile(file)
                : same is not null ? Continue(same, server) : Begin(wanted, before, adopted);
            try
            {
                checks.Add(CreateCheck(service, server, wanted, same, start, adopted is not null));
            }
            catch (ArgumentException e)
            {
                Log.CheckImpossible(logger, server.Name, service.Name, e.Message);
            }
        }

        server.Checks = checks.ToArray();
    }

    private ServerCheck CreateCheck(
        VirtualService service, RealServer server, CheckConfiguration wanted, ServerCheck? same, CheckStart start, bool isRestart)
    {
        if (wanted is not ScheduledCheckConfiguration scheduled)
            return new ServerCheck(service, server, wanted, start.IsUp, start.HasRun, start.Weight);

        var running = KeepsProbes && same?.Configuration == wanted && !CountsFromAnotherWeight(same, server) ? same.Probe : null;
        if (running is null && same is null && !isRestart && probes.FindShared(scheduled) is { FirstCheck: { } first } shared)
        {
            running = shared;
            start = new CheckStart(first.IsUp, first.HasRun, 0);
        }

        var probe = running ?? factory.Create(scheduled, server.Configuration.Weight);
        var check = new ServerCheck(service, server, wanted, start.IsUp, start.HasRun, start.Weight);
        if (running is not null)
        {
            ProbeSet.Attach(check, running);
            return check;
        }

        if (same?.Probe is { } old)
            probe.State.Inherit(old.State);
        if (same is not null || isRestart || !start.IsUp)
            probe.State.Resume(start.IsUp, start.HasRun);
        probes.Start(check, probe);
        return check;
    }

    // What a dynamic script adds is counted from the configured weight, so that the sum is what the script said.
    private static bool CountsFromAnotherWeight(ServerCheck same, RealServer server) =>
        same.Configuration is MiscCheckConfiguration { IsDynamic: true } && same.Server.Configuration.Weight != server.Configuration.Weight;

    private static CheckStart Continue(ServerCheck same, RealServer server)
    {
        var weight = same.Weight != 0 && CountsFromAnotherWeight(same, server)
            ? same.Weight + same.Server.Configuration.Weight - server.Configuration.Weight
            : same.Weight;
        return new CheckStart(same.IsUp, same.HasRun, weight);
    }

    private CheckStart FromFile(FileCheckConfiguration file)
    {
        var result = new FileCheckRule(file.Weight, file.Reverse).Judge(FileNumber(file.TrackFile));
        return new CheckStart(result.IsSuccess, HasRun: true, result.Weight ?? 0);
    }

    private CheckStart Begin(CheckConfiguration wanted, RealServer? before, AdoptedServer? adopted)
    {
        if (wanted is BfdCheckConfiguration bfd && BfdState(bfd.Instance) is { } state)
            return new CheckStart(state, HasRun: true, 0);
        if (adopted is { } found)
            return new CheckStart(found.IsServing, HasRun: true, wanted is MiscCheckConfiguration { IsDynamic: true } ? found.Extra : 0);
        // To a server that works, a reload adds a check without taking it out.
        var counts = before is null || before.Checks.Any(static check => !check.IsUp)
            || (!before.IsAlive && !before.Checks.Any(static check => check.HasRun));
        return new CheckStart(IsUp: !(wanted.Alpha && counts), HasRun: false, 0);
    }

    /// <summary>What a check begins with.</summary>
    private readonly record struct CheckStart(bool IsUp, bool HasRun, long Weight);
}
