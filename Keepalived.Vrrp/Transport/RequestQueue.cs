using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The way of all keepers to the kernel: what is asked for in a turn of the loop goes there at its end, in the order in which it was asked
/// for, one system call for many. Very many changes are spread over turns, so that the first addresses are announced, and adverts sent,
/// while the last ones are still to be set. Lives on the loop.
/// </summary>
internal sealed class RequestQueue(TransportContext context)
{
    private readonly Queue<RequestGroup> _full = new();
    private RequestGroup _open = new();
    private int _scheduled;

    /// <summary>Whether requests wait for their turn.</summary>
    public bool IsWaiting => _full.Count > 0 || !_open.IsEmpty;

    /// <summary>A request of a keeper, to be filled and submitted at once.</summary>
    public ObjectRequest Begin(ObjectKeeper keeper, int number, RequestPurpose purpose)
    {
        if (_open.IsFull)
        {
            _full.Enqueue(_open);
            _open = new RequestGroup();
        }

        return new ObjectRequest(keeper, number, purpose, _open);
    }

    /// <summary>Sends it at the end of the turn, or of one of the next.</summary>
    public void Submit(ObjectRequest request)
    {
        request.Group.Requests.Add(request);
        Schedule();
    }

    private void Schedule()
    {
        _scheduled++;
        context.Loop.ScheduleAfterSending(static state => ((RequestQueue)state!).Send(), this);
    }

    // An advert that was asked for before is to be on the wire first, so that the old master yields, or the next one takes over. The last
    // of the calls that are scheduled comes after the sending of all of them.
    private void Send()
    {
        if (--_scheduled > 0 || !IsWaiting)
            return;
        if (!_full.TryDequeue(out var group))
            (group, _open) = (_open, new RequestGroup());
        if (IsWaiting)
            Schedule();
        CarryOut(group);
    }

    // Nobody awaits it: an exception that nobody expects goes to the loop, which does not hide it.
    private async void CarryOut(RequestGroup group)
    {
        NetlinkBatchResult? result = null;
        Exception? failure = null;
        try
        {
            result = await context.Route.SendAsync(group.Batch).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            failure = e;
        }

        foreach (var request in group.Requests)
            request.Keeper.Finish(request, result, failure);
    }
}
