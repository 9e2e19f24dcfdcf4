using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>
/// A batch that netfilter carries out as a whole or not at all (linux/netfilter/nfnetlink.h): its requests between a message that begins
/// and one that ends it, all in one datagram. The kernel answers after it has seen everything: every refusal, and the acknowledgement of
/// the last request, which alone asks for one. What it refuses before it looks at the requests it says of the first message.
/// </summary>
internal sealed class NetlinkTransactionOperation : NetlinkOperation
{
    private const ushort BatchBegin = 16;
    private const ushort BatchEnd = 17;
    private const int FixedLength = 4;

    private readonly TaskCompletionSource<NetlinkException?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NetlinkBatch _batch;
    private readonly NetlinkTransactionEcho _echo;
    private readonly byte[] _begin;
    private readonly byte[] _end;
    private NetlinkException? _refusal;
    private int _refusals;

    public NetlinkTransactionOperation(NetlinkBatch batch, byte subsystem, NetlinkTransactionEcho echo)
    {
        (_batch, _echo) = (batch, echo);
        Count = batch.Count + 2;
        _begin = Boundary(BatchBegin, subsystem);
        _end = Boundary(BatchEnd, subsystem);
    }

    /// <summary>Why it was not carried out; null if it was.</summary>
    public Task<NetlinkException?> Task => _completion.Task;

    public override int Count { get; }

    public override bool IsIndivisible => true;

    public override bool IsAbandoned => _completion.Task.IsCompleted;

    public override ReadOnlySpan<byte> MessageAt(int index) =>
        index == 0 ? _begin : index == Count - 1 ? _end : _batch.MessageAt(index - 1);

    public override bool WantsAcknowledgement(int index, bool isLastOfSend) => index == Count - 2;

    public override bool Receive(in NetlinkMessage message)
    {
        var index = (int)(message.Header.Sequence - FirstSequence) - 1;
        if (index >= 0 && index < _batch.Count && !IsAbandoned)
            _echo(index, message);
        return true;
    }

    public override void Acknowledge(int index, Errno error, ExtendedAcknowledgement acknowledgement)
    {
        if (error != Errno.None)
        {
            _refusals++;
            _refusal ??= new NetlinkException(error, index == 0 ? DescribeAll() : _batch.Describe(index - 1), acknowledgement);
        }

        if (index == 0 || index == Count - 2)
            Answered = Count;
    }

    public override NetlinkLossReaction LoseAnswers(Errno reason)
    {
        if (Sent == 0)
            return NetlinkLossReaction.Wait;
        _refusal = new NetlinkException(reason, DescribeAll(), default, "the kernel's answer was lost; it may have been carried out");
        Answered = Count;
        return NetlinkLossReaction.Settle;
    }

    public override void Leave()
    {
        base.Leave();
        _batch.Release();
        if (Answered < Count)
            return;
        if (_refusals > 1)
        {
            var detail = $"and {_refusals - 1} more of {_batch.Count} requests were refused; nothing was carried out";
            _refusal = new NetlinkException(_refusal!.Errno, _refusal.Request, _refusal.Acknowledgement, detail);
        }

        _completion.TrySetResult(_refusal);
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected override void Abandon(CancellationToken token) => _completion.TrySetCanceled(token);

    private static byte[] Boundary(ushort type, byte subsystem)
    {
        var bytes = new byte[NetlinkHeader.Size + FixedLength];
        new NetlinkHeader((uint)bytes.Length, type, NetlinkMessageFlags.Request, 0, 0).Write(bytes);
        // struct nfgenmsg: no family, version 0, the subsystem in network order.
        bytes[^1] = subsystem;
        return bytes;
    }

    private string DescribeAll() =>
        _batch.Count == 1 ? _batch.Describe(0) : $"{_batch.Describe(0)} and {_batch.Count - 1} more requests";
}
