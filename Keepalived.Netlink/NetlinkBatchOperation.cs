using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>A batch on its way: an answer for each request that is refused, and an acknowledgement of the last of each send.</summary>
internal sealed class NetlinkBatchOperation(NetlinkBatch batch) : NetlinkOperation
{
    private readonly TaskCompletionSource<NetlinkBatchResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetlinkException?[]? _errors;

    public Task<NetlinkBatchResult> Task => _completion.Task;

    public override int Count { get; } = batch.Count;

    public override bool IsAbandoned => _completion.Task.IsCompleted;

    // The kernel carries requests out in order and says in any case what it refuses: those before that it said nothing of were carried out.
    public override bool WantsAcknowledgement(int index, bool isLastOfSend) => isLastOfSend;

    public override ReadOnlySpan<byte> MessageAt(int index) => batch.MessageAt(index);

    public override bool Receive(in NetlinkMessage message) => false;

    public override void Acknowledge(int index, Errno error, ExtendedAcknowledgement acknowledgement)
    {
        if (index < Answered)
            return;
        Answered = index + 1;
        if (error != Errno.None)
            Fail(index, new NetlinkException(error, batch.Describe(index), acknowledgement));
    }

    public override NetlinkLossReaction LoseAnswers(Errno reason)
    {
        for (; Answered < Sent; Answered++)
        {
            Fail(Answered, new NetlinkException(
                reason, batch.Describe(Answered), default, "the kernel's answer was lost; it may have been carried out"));
        }

        return NetlinkLossReaction.Settle;
    }

    public override void Leave()
    {
        base.Leave();
        batch.Release();
        if (Answered == Count)
            _completion.TrySetResult(new NetlinkBatchResult(Count, _errors));
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    private void Fail(int index, NetlinkException error) => (_errors ??= new NetlinkException?[Count])[index] = error;

    protected override void Abandon(CancellationToken token) => _completion.TrySetCanceled(token);
}
