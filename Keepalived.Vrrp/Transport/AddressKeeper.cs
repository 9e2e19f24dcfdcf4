using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The addresses of one virtual router in the kernel: which are wanted, which are set, and which changes are under way. Requests are
/// carried out in the order in which they are made, so nobody has to wait before asking for the opposite. Lives on the loop.
/// </summary>
internal sealed class AddressKeeper(TransportContext context, RouterDriver driver)
{
    private readonly List<KeptAddress> _obsolete = [];
    private List<KeptAddress> _wanted = [];
    private TaskCompletionSource? _idle;
    private int _requests;
    private int _underWay;

    /// <summary>Whether the kernel has not answered all requests yet.</summary>
    public bool IsBusy => _underWay > 0;

    /// <summary>The addresses that are set, those of the adverts first.</summary>
    public IReadOnlyList<KeptAddress> Wanted => _wanted;

    /// <summary>Completes when all requests are answered.</summary>
    public Task WhenIdle() =>
        IsBusy ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;

    /// <summary>Takes note of what is wanted from now on; nothing happens before <see cref="Configure"/>.</summary>
    /// <returns>Whether an address was added.</returns>
    public bool SetWanted(VirtualRouterOptions options)
    {
        var old = _wanted;
        var added = false;
        _wanted = [];
        foreach (var address in options.AllAddresses())
        {
            // The options' own validation has seen to it that one of the two is there.
            var device = address.Device ?? options.Interface!;
            var known = old.FindIndex(kept =>
                kept.Device == device && kept.Address with { Device = null } == address with { Device = null });
            added |= known < 0;
            _wanted.Add(known < 0 ? new KeptAddress(address, device) : old[known]);
            if (known >= 0)
                old.RemoveAt(known);
        }

        _obsolete.AddRange(old.Where(kept => kept.IsSet));
        return added;
    }

    /// <summary>
    /// Removes what an earlier run, ended without a chance to clean up, left behind. What another router of ours has set is not
    /// touched.
    /// </summary>
    public void ClearLeftovers()
    {
        var request = new AddressRequest(_requests + 1);
        foreach (var kept in _wanted)
        {
            if (context.Interfaces.Find(kept.Device) is not { } link
                || !link.Addresses.Any(known => known.Prefix == kept.Address.EffectivePrefix)
                || context.IsSet(link.Index, kept.Address.EffectivePrefix))
            {
                continue;
            }

            context.Logger.RemovingLeftover(driver.Name, kept.Address, link.Name);
            kept.InterfaceIndex = link.Index;
            Delete(request, kept);
        }

        Submit(request);
    }

    /// <summary>Brings the kernel to what is wanted: additions before removals.</summary>
    public void Configure()
    {
        var request = new AddressRequest(_requests + 1);
        foreach (var kept in _obsolete)
        {
            // The kernel knows an address once: what changed its other properties has to go first.
            if (_wanted.Exists(other => !other.IsSet && other.Device == kept.Device && other.Address.Address == kept.Address.Address))
                Delete(request, kept);
        }

        foreach (var kept in _wanted)
        {
            if (kept.IsSet)
                continue;
            if (context.Interfaces.Find(kept.Device) is { } link)
                Add(request, kept, link.Index);
            else
                context.Logger.NoInterfaceForAddress(driver.Name, kept.Address, kept.Device);
        }

        foreach (var kept in _obsolete)
        {
            if (kept.IsSet)
                Delete(request, kept);
        }

        _obsolete.Clear();
        Submit(request);
    }

    /// <summary>Removes all that is set.</summary>
    public void Remove()
    {
        var request = new AddressRequest(_requests + 1);
        foreach (var kept in _wanted)
        {
            if (kept.IsSet)
                Delete(request, kept);
        }

        foreach (var kept in _obsolete)
            Delete(request, kept);
        _obsolete.Clear();
        Submit(request);
    }

    /// <summary>Leaves the addresses where they are, and forgets about them.</summary>
    public void Abandon()
    {
        foreach (var kept in _wanted)
            kept.IsSet = false;
        _obsolete.Clear();
    }

    /// <summary>Whether this address is set there.</summary>
    public bool IsSet(int interfaceIndex, InetPrefix prefix) => Find(interfaceIndex, prefix) is not null;

    /// <summary>The address that somebody else removed from an interface, if it was ours. It counts as not set from now on.</summary>
    public VirtualAddress? FindLost(int interfaceIndex, InetPrefix prefix)
    {
        if (Find(interfaceIndex, prefix) is not { } kept)
            return null;
        kept.IsSet = false;
        return kept.Address;
    }

    private KeptAddress? Find(int interfaceIndex, InetPrefix prefix) =>
        _wanted.Find(kept => kept.IsSet && kept.InterfaceIndex == interfaceIndex && kept.Address.EffectivePrefix == prefix);

    private static void Add(AddressRequest request, KeptAddress kept, int interfaceIndex)
    {
        (kept.IsSet, kept.InterfaceIndex, kept.LastRequest) = (true, interfaceIndex, request.Number);
        request.Add(kept);
    }

    private void Delete(AddressRequest request, KeptAddress kept)
    {
        (kept.IsSet, kept.LastRequest) = (false, request.Number);
        context.ExpectedRemovals.Add(kept.InterfaceIndex, kept.Address.EffectivePrefix);
        request.Remove(kept);
    }

    private void Submit(AddressRequest request)
    {
        if (request.Count == 0)
            return;
        _requests++;
        _underWay++;
        // An advert that was asked for before is to be on the wire first, so that the old master yields, or the next one takes over.
        context.Loop.ScheduleAfterSending(_ => CarryOut(request), null);
    }

    // Nobody awaits it: an exception that nobody expects goes to the loop, which does not hide it.
    private async void CarryOut(AddressRequest request)
    {
        NetlinkBatchResult? result = null;
        Exception? failure = null;
        try
        {
            result = await context.Route.SendAsync(request.Batch).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e;
        }

        for (var i = 0; i < request.Count; i++)
        {
            if ((failure ?? result?[i]) is not { } error)
                continue;
            var (kept, isRemoval) = request[i];
            if (isRemoval)
                OnRemovalFailed(kept, error);
            else
                OnAdditionFailed(request, kept, error);
        }

        if (--_underWay > 0)
            return;
        _idle?.SetResult();
        _idle = null;
        driver.OnAddressesSettled();
    }

    private void OnAdditionFailed(AddressRequest request, KeptAddress kept, Exception error)
    {
        // It is there already: just what we want.
        if (error is NetlinkException { IsExists: true })
            return;
        if (kept.LastRequest == request.Number)
            kept.IsSet = false;
        context.Logger.CannotAddAddress(error, driver.Name, kept.Address, kept.Device);
    }

    private void OnRemovalFailed(KeptAddress kept, Exception error)
    {
        // No notification will come of it.
        context.ExpectedRemovals.Remove(kept.InterfaceIndex, kept.Address.EffectivePrefix);
        if (error is not NetlinkException { IsNotFound: true })
            context.Logger.CannotRemoveAddress(error, driver.Name, kept.Address, kept.Device);
    }
}
