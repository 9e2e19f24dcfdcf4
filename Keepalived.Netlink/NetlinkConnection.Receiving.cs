using System.Buffers;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <content>The way in: one reader, in the order of the stream.</content>
public sealed partial class NetlinkConnection
{
    /// <summary>struct nlmsgerr: the error number and the header of the offending request.</summary>
    private const int ErrorFixedLength = sizeof(int) + NetlinkHeader.Size;

    private int _isReading;
    private long _requestsFailed;
    private long _notifications;
    private long _unexpectedAnswers;
    private long _dataLosses;
    private long _malformed;
    private long _dumpRetries;

    /// <summary>What was counted so far.</summary>
    public NetlinkConnectionStatistics Statistics => new(
        Volatile.Read(ref _requestsSent),
        Volatile.Read(ref _sends),
        Volatile.Read(ref _requestsFailed),
        Volatile.Read(ref _notifications),
        Volatile.Read(ref _unexpectedAnswers),
        Volatile.Read(ref _dataLosses),
        Volatile.Read(ref _malformed),
        Volatile.Read(ref _dumpRetries));

    /// <summary>Begins to read, unless the connection was disposed of before its loop ran.</summary>
    private void StartReading()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 0)
            _ = ReadAsync();
    }

    private async Task ReadAsync()
    {
        var input = _transport.Input;
        try
        {
            while (Volatile.Read(ref _ended) is null)
            {
                var result = await input.ReadAsync().ConfigureAwait(false);
                var consumed = Process(result.Buffer);
                input.AdvanceTo(consumed, result.Buffer.End);
                if (result.IsCompleted)
                    End(new IOException("The netlink transport ended."));
            }
        }
        catch (Exception exception)
        {
            End(exception);
        }

        await input.CompleteAsync().ConfigureAwait(false);
        await _transport.Output.CompleteAsync().ConfigureAwait(false);
        if (_ended is ObjectDisposedException)
            _completion.TrySetResult();
        else
            _completion.TrySetException(_ended!);
    }

    /// <summary>Handles the complete messages of a buffer and returns where the first incomplete one starts.</summary>
    private SequencePosition Process(ReadOnlySequence<byte> buffer)
    {
        Span<byte> headerBytes = stackalloc byte[NetlinkHeader.Size];
        while (buffer.Length >= NetlinkHeader.Size && Volatile.Read(ref _ended) is null)
        {
            buffer.Slice(0, NetlinkHeader.Size).CopyTo(headerBytes);
            NetlinkHeader.TryRead(headerBytes, out var header);
            if (header.Length is < NetlinkHeader.Size or > int.MaxValue - NetlinkHeader.Alignment)
            {
                // Nothing says where the next message starts. What was written to the pipe later starts with one.
                CountMalformed(header.Type, NetlinkDecodeError.BadLength);
                LoseData(Errno.EBADMSG);
                return buffer.End;
            }

            if (buffer.Length < header.Length)
                break;
            Linearize(buffer.Slice(0, header.Length));
            buffer = buffer.Slice(Math.Min(NetlinkHeader.Align((int)header.Length), buffer.Length));
        }

        return buffer.Start;
    }

    /// <summary>A message may lie across two segments of the pipe.</summary>
    private void Linearize(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Dispatch(bytes.FirstSpan);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(copy);
        Dispatch(copy.AsSpan(0, (int)bytes.Length));
        ArrayPool<byte>.Shared.Return(copy);
    }

    private void Dispatch(ReadOnlySpan<byte> bytes)
    {
        var error = NetlinkMessage.TryParse(bytes, out var message, out _);
        if (error != NetlinkDecodeError.None)
        {
            CountMalformed(0, error);
            return;
        }

        switch (message.Type)
        {
            case NetlinkMessageType.Noop:
                break;
            case NetlinkMessageType.Overrun:
                LoseData(message.Payload.Length >= sizeof(int) ? (Errno)MemoryMarshal.Read<int>(message.Payload) : Errno.ENOBUFS);
                break;
            case NetlinkMessageType.Error:
                Acknowledge(message);
                break;
            case NetlinkMessageType.Done:
                FinishDump(message);
                break;
            default:
                Deliver(message);
                break;
        }
    }

    private void Acknowledge(in NetlinkMessage message)
    {
        if (message.Payload.Length < sizeof(int))
        {
            CountMalformed(message.Type, NetlinkDecodeError.TruncatedPayload);
            return;
        }

        var fixedLength = ErrorFixedLength;
        // Without NLM_F_CAPPED the whole offending request stands before the attributes.
        if ((message.Header.Flags & NetlinkMessageFlags.Capped) == 0 && message.Payload.Length >= ErrorFixedLength
            && NetlinkHeader.TryRead(message.Payload[sizeof(int)..], out var offender))
        {
            fixedLength = sizeof(int) + (int)Math.Clamp(offender.Length, NetlinkHeader.Size, (uint)message.Payload.Length);
        }

        Complete(message, fixedLength);
    }

    private void FinishDump(in NetlinkMessage message) => Complete(message, sizeof(int));

    /// <summary>An acknowledgement or the end of a dump: a negative error number and perhaps attributes.</summary>
    private void Complete(in NetlinkMessage message, int fixedLength)
    {
        var error = message.Payload.Length >= sizeof(int) ? (Errno)(-MemoryMarshal.Read<int>(message.Payload)) : Errno.None;
        var acknowledgement = (message.Header.Flags & NetlinkMessageFlags.AcknowledgeAttributes) != 0
            ? ExtendedAcknowledgement.Read(message.Attributes(fixedLength))
            : default;
        // A positive number after NLMSG_DONE is no error: some protocols return how much they dumped.
        if (error < 0)
            error = Errno.None;
        NetlinkOperation? operation;
        var restarted = false;
        lock (_gate)
        {
            operation = Find(message.Header);
            if (operation is null)
            {
                _unexpectedAnswers++;
                return;
            }

            if ((message.Header.Flags & NetlinkMessageFlags.DumpInterrupted) != 0)
                operation.Receive(message);
            var before = operation.Answered;
            operation.Acknowledge((int)(message.Header.Sequence - operation.FirstSequence), error, acknowledgement);
            _inFlight -= operation.Answered - before;
            if (error != Errno.None)
                _requestsFailed++;
            if (operation.Answered < operation.Sent || (operation.Sent < operation.Count && !operation.IsAbandoned))
                operation = null;
            else
                restarted = Retire(operation);
        }

        if (!restarted)
            operation?.Leave();
        Pump();
    }

    /// <summary>Takes an answered operation out, and puts it in line again if its answer is of no use. Called with the lock held.</summary>
    private bool Retire(NetlinkOperation operation)
    {
        Remove(operation);
        if (!operation.TryRestart(_options.MaxDumpAttempts))
            return false;
        _dumpRetries++;
        Enqueue(operation);
        return true;
    }

    private void Deliver(in NetlinkMessage message)
    {
        NetlinkOperation? operation;
        lock (_gate)
            operation = Find(message.Header);
        if (operation is not null && operation.Receive(message))
            return;
        _notifications++;
        _options.OnNotification?.Invoke(message);
    }

    /// <summary>The operation that a message answers. Called with the lock held.</summary>
    private NetlinkOperation? Find(NetlinkHeader header)
    {
        if (_options.PortId != 0 && header.PortId != _options.PortId)
            return null;
        foreach (var operation in _pending)
        {
            if (operation.HasSequence(header.Sequence))
                return operation;
        }

        return null;
    }

    /// <summary>Messages are missing at this place: settles or repeats what may have been answered, and tells who keeps state.</summary>
    private void LoseData(Errno reason)
    {
        _dataLosses++;
        Log.NetlinkDataLost(_logger, reason.Describe());
        List<NetlinkOperation> settled = [];
        lock (_gate)
        {
            foreach (var operation in _pending.ToArray())
            {
                var before = operation.Answered;
                var reaction = operation.LoseAnswers(reason);
                _inFlight -= operation.Answered - before;
                var hasMoreToSend = operation.Sent < operation.Count && !operation.IsAbandoned;
                if (reaction == NetlinkLossReaction.Wait || (reaction == NetlinkLossReaction.Settle && hasMoreToSend))
                    continue;
                if (!Retire(operation))
                    settled.Add(operation);
            }
        }

        foreach (var operation in settled)
            operation.Leave();
        _options.OnDataLost?.Invoke(reason);
        Pump();
    }

    /// <summary>Counts and logs a message that is not what its type promises. For clients as well, who know what is inside.</summary>
    internal void CountMalformed(ushort type, NetlinkDecodeError error)
    {
        Interlocked.Increment(ref _malformed);
        Log.NetlinkMalformed(_logger, type, error);
    }
}
