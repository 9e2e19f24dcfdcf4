using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The engine's static network. What somebody else deletes is put back at once; what the kernel refuses, or what is deleted too often, is
/// tried again later, and whenever an interface comes up. Lives on the loop.
/// </summary>
internal sealed class StaticKeeper : IKeeperOwner, IDisposable
{
    private readonly TransportContext _context;
    private readonly DriftRepair _repair;
    private readonly LoopTimer _later;
    private readonly HashSet<KeptObject> _lost = [];

    public StaticKeeper(TransportContext context)
    {
        _context = context;
        Kept = new ObjectKeeper(context, this);
        _repair = new DriftRepair(context, Kept, Postpone) { Options = DriftRepairOptions.Default };
        _later = context.Loop.CreateTimer(static state => ((StaticKeeper)state!).PutBack(), this);
    }

    public ObjectKeeper Kept { get; }

    public string Name => "static";

    /// <summary>Goes on with this network. What an earlier run left of it is removed first, if this is the start.</summary>
    public void Use(StaticNetwork network, bool isStart)
    {
        Kept.SetWanted(ToWishes(network));
        _lost.Clear();
        if (isStart)
            Kept.ClearLeftovers();
        Kept.Configure();
    }

    public void Stop()
    {
        _repair.Cancel();
        _later.Cancel();
        _lost.Clear();
        Kept.Remove();
    }

    /// <summary>An interface may have come up: what went with it returns.</summary>
    public void UpdateNetwork()
    {
        foreach (var kept in Kept.Wanted)
        {
            if (!kept.IsSet && kept.IsTracked && kept.Place(_context.Interfaces) is null)
                Kept.Restore(kept);
        }
    }

    public void OnLost(KeptObject? lost, long now)
    {
        if (lost is null)
            return;
        lost.IsSet = false;
        _context.Logger.ObjectLost(Name, lost);
        if (!lost.IsTracked)
            return;
        _lost.Add(lost);
        if (!_repair.TryRepair(lost, now))
            Postpone(now);
    }

    public void OnSettled()
    {
    }

    public void OnRepaired(KeptObject kept)
    {
        _lost.Remove(kept);
        _context.Logger.Repaired(Name, kept);
    }

    public void OnRepairRefused(KeptObject kept)
    {
        if (_lost.Contains(kept))
            _repair.OnRefused(kept);
    }

    public void Dispose()
    {
        _repair.Dispose();
        _later.Dispose();
    }

    /// <summary>The objects of a network, in the order in which they are set.</summary>
    public static IEnumerable<KeptObject> ToWishes(StaticNetwork network)
    {
        foreach (var address in network.Addresses.AsSpan().ToArray())
            yield return new KeptAddress(address, address.Device!);
        foreach (var route in network.Routes.AsSpan().ToArray())
            yield return new KeptRoute(route);
        foreach (var rule in network.Rules.AsSpan().ToArray())
            yield return new KeptRule(rule);
    }

    private void Postpone(long now) => _later.Arm(now + MonotonicClock.FromTimeSpan(DriftRepairOptions.Default.Window));

    private void PutBack()
    {
        foreach (var kept in _lost.ToArray())
        {
            if (!kept.IsSet)
                Kept.Restore(kept);
        }
    }
}
