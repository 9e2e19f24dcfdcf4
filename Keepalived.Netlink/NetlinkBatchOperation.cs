using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>A batch on its way: one acknowledgement for each request.</summary>
internal sealed class NetlinkBatchOperation(NetlinkBatch batch) : NetlinkOperation
{
    private readonly TaskCompletionSource<NetlinkBatchResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool[] _answered = new bool[batch.Count];
    private NetlinkException?[]? _errors;

    public Task<NetlinkBatchResult> Task => _completion.Task;

    public override int Count { get; } = batch.Count;

    public override bool IsAbandoned => _completion.Task.IsCompleted;

    public override ReadOnlySpan<byte> MessageAt(int index) => batch.MessageAt(index);

    public override bool Receive(in NetlinkMessage message) => false;

    public override void Acknowledge(int index, Errno error, ExtendedAcknowledgement acknowledgement)
    {
        if (_answered[index])
            return;
        _answered[index] = true;
        Answered++;
        if (error != Errno.None)
            (_errors ??= new NetlinkException?[Count])[index] = new NetlinkException(error, batch.Describe(index), acknowledgement);
    }

    public override NetlinkLossReaction LoseAnswers(Errno reason)
    {
        for (var i = 0; i < Sent; i++)
        {
            if (_answered[i])
                continue;
            _answered[i] = true;
            Answered++;
            (_errors ??= new NetlinkException?[Count])[i] = new NetlinkException(
                reason, batch.Describe(i), default, "the kernel's answer was lost; it may have been carried out");
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

    protected override void Abandon(CancellationToken token) => _completion.TrySetCanceled(token);
}
