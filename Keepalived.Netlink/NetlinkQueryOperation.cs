using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>A request whose answer is a list: a dump, or what one object looks like.</summary>
internal sealed class NetlinkQueryOperation<T> : NetlinkOperation
{
    private readonly TaskCompletionSource<IReadOnlyList<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly NetlinkMessageDecoder<T> _decoder;
    private readonly byte[] _message;
    private readonly string _description;
    private List<T> _results = [];
    private NetlinkException? _refusal;
    private bool _isUseless;
    private int _attempts = 1;

    public NetlinkQueryOperation(NetlinkRequest request, NetlinkMessageDecoder<T> decoder, bool isDump)
    {
        _decoder = decoder;
        _description = request.Description;
        _message = request.Message.ToArray();
        IsDump = isDump;
        // A dump ends with NLMSG_DONE; a single answer is followed by an acknowledgement, which also says that there is none.
        var flags = (ushort)(isDump ? NetlinkMessageFlags.Dump : NetlinkMessageFlags.Acknowledge);
        MemoryMarshal.Write(_message.AsSpan(6), (ushort)(MemoryMarshal.Read<ushort>(_message.AsSpan(6)) | flags));
    }

    public Task<IReadOnlyList<T>> Task => _completion.Task;

    public override int Count => 1;

    public override bool IsDump { get; }

    public override bool IsAbandoned => _completion.Task.IsCompleted;

    public int Attempts => _attempts;

    public override ReadOnlySpan<byte> MessageAt(int index) => _message;

    public override bool Receive(in NetlinkMessage message)
    {
        if ((message.Header.Flags & NetlinkMessageFlags.DumpInterrupted) != 0)
            _isUseless = true;
        if (IsAbandoned || _isUseless)
            return true;
        try
        {
            if (_decoder(message, out var value))
                _results.Add(value);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return true;
    }

    public override void Acknowledge(int index, Errno error, ExtendedAcknowledgement acknowledgement)
    {
        Answered = 1;
        if (error != Errno.None)
            _refusal = new NetlinkException(error, _description, acknowledgement);
        else if (!_isUseless)
            _refusal = null;
    }

    public override NetlinkLossReaction LoseAnswers(Errno reason)
    {
        _refusal = new NetlinkException(reason, _description, default, "the kernel's answer was lost");
        if (reason == Errno.EBADMSG)
        {
            Answered = 1;
            return NetlinkLossReaction.Settle;
        }

        // The kernel does not lose the parts of a dump: it goes on with it as there is room. Its end is still to come, and until then it
        // starts no other.
        _isUseless = true;
        return IsDump ? NetlinkLossReaction.Wait : NetlinkLossReaction.Restart;
    }

    public override bool TryRestart(int maxAttempts)
    {
        if (!_isUseless || IsAbandoned)
            return false;
        if (_attempts >= maxAttempts)
        {
            _refusal ??= new NetlinkException(
                Errno.EINTR, _description, default, $"the table changed during each of {_attempts} attempts to read it");
            return false;
        }

        _attempts++;
        _isUseless = false;
        _refusal = null;
        _results = [];
        (Sent, Answered) = (0, 0);
        return true;
    }

    public override void Leave()
    {
        base.Leave();
        if (_refusal is not null)
            _completion.TrySetException(_refusal);
        else if (Answered == 1)
            _completion.TrySetResult(_results);
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    protected override void Abandon(CancellationToken token) => _completion.TrySetCanceled(token);
}
