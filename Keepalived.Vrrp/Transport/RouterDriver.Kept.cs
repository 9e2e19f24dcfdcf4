using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>What the router brings to the kernel, and what happens when somebody else deletes some of it.</summary>
internal sealed partial class RouterDriver
{
    /// <summary>What puts back; nobody deletes anything, nearly always.</summary>
    private DriftRepair? _repair;

    /// <summary>How often something that somebody else deleted was put back.</summary>
    public long Repairs { get; private set; }

    /// <summary>The objects of a router, in the order in which they are set.</summary>
    /// <param name="options">The options.</param>
    /// <param name="deviceOf">The interface that carries an address.</param>
    public static IEnumerable<KeptObject> ToWishes(VirtualRouterOptions options, Func<VirtualAddress, string> deviceOf)
    {
        foreach (var address in options.AllAddresses())
            yield return new KeptAddress(address, deviceOf(address));
        foreach (var route in options.Routes.AsSpan().ToArray())
            yield return new KeptRoute(route);
        foreach (var rule in options.Rules.AsSpan().ToArray())
            yield return new KeptRule(rule);
    }

    /// <summary>The routes and rules of a router.</summary>
    public static IEnumerable<KeptObject> ToWatched(VirtualRouterOptions options) =>
        ToWishes(options with { Addresses = [], ExcludedAddresses = [] }, static _ => string.Empty);

    /// <summary>Somebody else deleted what was ours: it is put back, or else the machine has to know.</summary>
    public void OnLost(KeptObject? lost, long now)
    {
        if (lost is null)
            return;
        lost.IsSet = false;
        Logger.ObjectLost(Name, lost);
        if (!lost.IsTracked || Router.State != VrrpState.Master)
            return;
        if (!Repair().TryRepair(lost, now))
            GiveUp(now);
    }

    public void OnRepaired(KeptObject kept)
    {
        Repairs++;
        Logger.Repaired(Name, kept);
        // Whoever asked for the address meanwhile may have been told that it is nowhere.
        if (kept is KeptAddress { IsSet: true } address && Router.State == VrrpState.Master)
            Context.Announcer.Announce(this, address);
    }

    public void OnRepairRefused(KeptObject kept)
    {
        if (Router.State == VrrpState.Master)
            Repair().OnRefused(kept);
    }

    private DriftRepair Repair() => _repair ??= new DriftRepair(Context, Kept, GiveUp) { Options = Options.DriftRepair };

    private void GiveUp(long now)
    {
        if (Options.DriftRepair is not null)
            Logger.RepairFailed(Name);
        Router.HandleAddressLost(now);
        Drain();
    }
}
