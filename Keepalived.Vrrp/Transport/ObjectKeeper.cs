using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The addresses, routes and rules of one owner in the kernel: which are wanted, which are set, and which changes are under way. Requests
/// are carried out in the order in which they are made, so nobody has to wait before asking for the opposite. Lives on the loop.
/// </summary>
internal sealed class ObjectKeeper(TransportContext context, IKeeperOwner owner)
{
    private static readonly KeptKind[] RemovalOrder = [KeptKind.Rule, KeptKind.Route, KeptKind.Address];

    private KeptObject[] _wanted = [];

    // Nothing, but while what is wanted changes.
    private List<KeptObject>? _obsolete;
    private List<KeptObject>? _leaving;
    private List<KeptObject>? _former;
    private TaskCompletionSource? _idle;
    private int _requests;
    private int _underWay;

    /// <summary>
    /// Whether what is not wanted any more stays until <see cref="RemoveLeaving()"/>: while several owners change at once, one may want from
    /// now on what another one had.
    /// </summary>
    public bool DefersRemovals { get; set; }

    /// <summary>Whether the kernel has not answered all requests yet.</summary>
    public bool IsBusy => _underWay > 0;

    /// <summary>What is wanted: addresses, those of the adverts first, then routes, then rules.</summary>
    public KeptObject[] Wanted => _wanted;

    /// <summary>Completes when all requests are answered.</summary>
    public Task WhenIdle() =>
        IsBusy ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;

    /// <summary>Takes note of what is wanted from now on; nothing happens before <see cref="Configure"/>.</summary>
    /// <param name="wanted">In the order of their kinds.</param>
    /// <returns>Whether an address was added.</returns>
    public bool SetWanted(IEnumerable<KeptObject> wanted)
    {
        var old = _wanted.ToList();
        var added = false;
        KeptObject[] wishes = [.. wanted];
        foreach (ref var wish in wishes.AsSpan())
        {
            var sought = wish;
            var known = old.FindIndex(kept => kept.IsSameWish(sought));
            added |= known < 0 && wish.Kind == KeptKind.Address;
            if (known < 0)
                continue;
            wish = old[known];
            old.RemoveAt(known);
        }

        _wanted = wishes;
        foreach (var kept in _wanted)
        {
            if (kept.JournalKey is null)
                context.Journal.HoldObject(kept.JournalKey = kept.ToJournalKey(context.Interfaces));
        }

        if (old.Count > 0)
        {
            Append(ref _obsolete, old.Where(static kept => kept.IsSet));
            Append(ref _former, old);
        }

        ForgetFormer();
        return added;
    }

    /// <summary>It ends, and has left nothing.</summary>
    public void End()
    {
        Append(ref _former, _wanted);
        foreach (var kept in _former ?? [])
            kept.IsSet = false;
        ForgetFormer();
    }

    /// <summary>What is neither wanted nor there any more has no place in the journal.</summary>
    private void ForgetFormer()
    {
        foreach (var kept in _former ?? [])
        {
            if (kept is not { IsSet: false, JournalKey: { } key })
                continue;
            context.Journal.ReleaseObject(key);
            kept.JournalKey = null;
        }

        _former?.RemoveAll(static kept => kept.JournalKey is null);
        if (_former is { Count: 0 })
            _former = null;
        context.SaveJournalSoon();
    }

    /// <summary>
    /// Removes what an earlier run, ended without a chance to clean up, left behind. What another owner of ours has set is not touched.
    /// </summary>
    public void ClearLeftovers()
    {
        var request = context.Requests.Begin(this, _requests + 1, RequestPurpose.Cleaning);
        foreach (var kind in RemovalOrder)
        {
            foreach (var kept in _wanted)
            {
                if (kept.Kind != kind || kept.IsSet || kept.Place(context.Interfaces) is not null)
                    continue;
                // Most are not there, which is found out at once; whether it is another's own means asking all of them.
                var address = kept as KeptAddress;
                if (address is not null && !IsThere(address))
                    continue;
                if (context.IsSet(kept))
                    continue;
                if (address is not null)
                    context.Logger.RemovingLeftover(owner.Name, kept);

                Delete(request, kept);
            }
        }

        Submit(request);
    }

    /// <summary>Brings the kernel to what is wanted: additions before removals.</summary>
    public void Configure()
    {
        var request = context.Requests.Begin(this, _requests + 1, RequestPurpose.Change);
        foreach (var kept in _obsolete ?? [])
        {
            foreach (var wish in _wanted)
            {
                if (kept.IsSet && !wish.IsSet && kept.YieldTo(wish, context.Interfaces))
                    Delete(request, kept);
            }
        }

        foreach (var kept in _wanted)
        {
            if (!kept.IsSet)
                Add(request, kept);
        }

        if (_obsolete is not null)
            Append(ref _leaving, _obsolete.Where(static kept => kept.IsSet));
        _obsolete = null;
        if (!DefersRemovals)
            RemoveLeaving(request);
        Submit(request);
    }

    /// <summary>Removes what is not wanted any more and was left until now.</summary>
    public void RemoveLeaving()
    {
        DefersRemovals = false;
        if (_leaving is null)
            return;
        var request = context.Requests.Begin(this, _requests + 1, RequestPurpose.Change);
        RemoveLeaving(request);
        Submit(request);
    }

    /// <summary>Removes all that is set.</summary>
    public void Remove()
    {
        if (DefersRemovals)
        {
            Append(ref _leaving, _wanted.Concat(_obsolete ?? []).Where(kept => kept.IsSet && !IsLeaving(kept)).ToList());
            _obsolete = null;
            return;
        }

        var request = context.Requests.Begin(this, _requests + 1, RequestPurpose.Change);
        foreach (var kind in RemovalOrder)
        {
            foreach (var kept in _wanted)
            {
                if (kept.Kind == kind && (kept.IsSet || IsForeign(kept)))
                    Delete(request, kept);
            }

            foreach (var kept in _obsolete ?? [])
            {
                if (kept.IsSet && kept.Kind == kind)
                    Delete(request, kept);
            }
        }

        _obsolete = null;
        Submit(request);
    }

    /// <summary>Whether somebody else has set one that is to be removed all the same.</summary>
    private bool IsForeign(KeptObject kept) => context.Options.ReleasesForeignAddresses && kept is KeptAddress address
        && kept.Place(context.Interfaces) is null && IsThere(address) && !context.IsSet(kept);

    /// <summary>Whether the interface that it was placed on has it, whoever has set it.</summary>
    private bool IsThere(KeptAddress address) => context.Interfaces.Find(address.InterfaceIndex)?.Has(address.Address.EffectivePrefix) == true;

    /// <summary>Puts back one that somebody else deleted; the owner is told how it went.</summary>
    public void Restore(KeptObject kept)
    {
        var request = context.Requests.Begin(this, _requests + 1, RequestPurpose.Repair);
        if (!Add(request, kept))
            owner.OnRepairRefused(kept);
        Submit(request);
    }

    /// <summary>Leaves everything where it is, and forgets about it.</summary>
    public void Abandon()
    {
        foreach (var kept in _wanted)
            kept.IsSet = false;
        _obsolete = null;
    }

    /// <summary>Whether the kernel has an object from here that is the same to it, other than this one.</summary>
    public bool IsSet(KeptObject like)
    {
        foreach (var kept in _wanted)
        {
            if (kept.IsSet && kept != like && !IsLeaving(kept) && kept.IsSameInKernel(like))
                return true;
        }

        return false;
    }

    /// <summary>The address that is set there, if it is ours.</summary>
    public KeptAddress? Find(int interfaceIndex, InetPrefix prefix)
    {
        foreach (var kept in _wanted)
        {
            if (kept is KeptAddress { IsSet: true } address && address.IsAt(interfaceIndex, prefix))
                return address;
        }

        return null;
    }

    /// <summary>Our own that is this route of the kernel, if there is one.</summary>
    public KeptRoute? Find(Route route) =>
        Array.Find(_wanted, kept => kept is KeptRoute { IsSet: true } own && own.IsThis(route)) as KeptRoute;

    /// <summary>Our own that is this rule of the kernel, if there is one.</summary>
    public KeptRule? Find(Rule rule) =>
        Array.Find(_wanted, kept => kept is KeptRule { IsSet: true } own && own.IsThis(rule)) as KeptRule;

    private bool IsLeaving(KeptObject kept) => _leaving?.Contains(kept) == true;

    private static void Append(ref List<KeptObject>? list, IEnumerable<KeptObject> items)
    {
        foreach (var item in items)
            (list ??= []).Add(item);
    }

    private bool Add(ObjectRequest request, KeptObject kept)
    {
        if (kept.Place(context.Interfaces) is { } missing)
        {
            context.Logger.NoInterfaceForObject(owner.Name, kept, missing);
            return false;
        }

        (kept.IsSet, kept.LastRequest) = (true, request.Number);
        request.Add(kept);
        return true;
    }

    private void RemoveLeaving(ObjectRequest request)
    {
        foreach (var kind in RemovalOrder)
        {
            foreach (var kept in _leaving ?? [])
            {
                if (!kept.IsSet || kept.Kind != kind)
                    continue;
                // Another owner may want from now on what this one does not want any more.
                if (context.IsSet(kept))
                    kept.IsSet = false;
                else
                    Delete(request, kept);
            }
        }

        _leaving = null;
    }

    private void Delete(ObjectRequest request, KeptObject kept)
    {
        (kept.IsSet, kept.LastRequest) = (false, request.Number);
        kept.ExpectRemoval(context);
        request.Remove(kept);
    }

    private void Submit(ObjectRequest request)
    {
        if (request.Count == 0)
            return;
        _requests++;
        _underWay++;
        context.Requests.Submit(request);
    }

    /// <summary>The kernel has answered a request, or there was no way to it.</summary>
    public void Finish(ObjectRequest request, NetlinkBatchResult? result, Exception? failure)
    {
        for (var i = 0; i < request.Count; i++)
        {
            var (kept, isRemoval, index) = request[i];
            if ((failure ?? result?[index]) is not { } error)
                OnDone(request, kept, isRemoval);
            else if (isRemoval)
                OnRemovalFailed(request, kept, error);
            else if (kept.IsThere(error))
                OnDone(request, kept, isRemoval);
            else
                OnAdditionFailed(request, kept, error);
        }

        if (--_underWay > 0)
            return;
        if (_former is not null)
            ForgetFormer();
        _idle?.SetResult();
        _idle = null;
        owner.OnSettled();
    }

    private void OnDone(ObjectRequest request, KeptObject kept, bool isRemoval)
    {
        if (isRemoval)
            return;
        kept.Replaced = null;
        if (request.Purpose == RequestPurpose.Repair && kept.LastRequest == request.Number)
            owner.OnRepaired(kept);
    }

    private void OnAdditionFailed(ObjectRequest request, KeptObject kept, Exception error)
    {
        context.Logger.CannotAddObject(error, owner.Name, kept);
        if (kept.Replaced is { } replaced)
        {
            // It is still there, and goes with the others.
            replaced.IsSet = true;
            Append(ref _obsolete, [replaced]);
            kept.Replaced = null;
        }

        if (kept.LastRequest != request.Number)
            return;
        kept.IsSet = false;
        if (request.Purpose == RequestPurpose.Repair)
            owner.OnRepairRefused(kept);
    }

    private void OnRemovalFailed(ObjectRequest request, KeptObject kept, Exception error)
    {
        // No notification will come of it.
        kept.ForgetRemoval(context);
        if (request.Purpose != RequestPurpose.Cleaning && error is not NetlinkException { IsNotFound: true })
            context.Logger.CannotRemoveObject(error, owner.Name, kept);
    }
}
