using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <content>The way out: one pump at a time owns the writer.</content>
public sealed partial class NetlinkConnection
{
    private uint _nextSequence = 1;
    private int _inFlight;
    private bool _isPumping;
    private bool _pumpAgain;
    private long _requestsSent;
    private long _sends;

    /// <summary>Puts an operation in line. A dump waits for the one before it. Called with the lock held.</summary>
    private void Enqueue(NetlinkOperation operation)
    {
        if (operation.IsDump && _dump is not null && _dump != operation)
        {
            _waitingDumps.Enqueue(operation);
            return;
        }

        if (operation.IsDump)
            _dump = operation;
        _unsent.Enqueue(operation);
    }

    /// <summary>
    /// Sends as much as there is room for. The transport may deliver answers inside the flush, whose handling comes here again: that only
    /// leaves a note for the pump that is running.
    /// </summary>
    private void Pump()
    {
        lock (_gate)
        {
            if (_isPumping)
            {
                _pumpAgain = true;
                return;
            }

            _isPumping = true;
        }

        PumpAsOwner();
    }

    private void PumpAsOwner()
    {
        while (TryTake(out var operation, out var from, out var count, out var length))
        {
            try
            {
                Write(operation, from, count, length);
                var flush = _transport.Output.FlushAsync();
                if (!flush.IsCompleted)
                {
                    _ = FinishFlushAsync(flush, operation);
                    return;
                }

                Flushed(flush.Result);
            }
            catch (Exception exception)
            {
                Drop(operation, exception);
            }
        }
    }

    private async Task FinishFlushAsync(ValueTask<FlushResult> flush, NetlinkOperation operation)
    {
        try
        {
            Flushed(await flush.ConfigureAwait(_loop is not null));
        }
        catch (Exception exception)
        {
            Drop(operation, exception);
        }

        PumpAsOwner();
    }

    private void Flushed(FlushResult result)
    {
        if (result.IsCompleted)
            End(new IOException("The other end of the netlink transport is closed."));
    }

    /// <summary>Chooses what to send next and marks it sent. False ends the pump.</summary>
    private bool TryTake(out NetlinkOperation operation, out int from, out int count, out int length)
    {
        lock (_gate)
        {
            while (true)
            {
                _pumpAgain = false;
                DropAbandoned();
                if (_unsent.TryPeek(out operation!) && _inFlight < _options.MaxRequestsInFlight)
                {
                    Measure(operation, out from, out count, out length);
                    return true;
                }

                if (_pumpAgain)
                    continue;
                _isPumping = false;
                (operation, from, count, length) = (null!, 0, 0, 0);
                return false;
            }
        }
    }

    private void Measure(NetlinkOperation operation, out int from, out int count, out int length)
    {
        from = operation.Sent;
        count = 0;
        length = 0;
        var whole = operation.IsIndivisible;
        var room = whole ? operation.Count : Math.Min(operation.Count - from, _options.MaxRequestsInFlight - _inFlight);
        while (count < room
            && (whole || count == 0 || length + operation.MessageAt(from + count).Length <= _options.MaxBytesPerSend))
            length += operation.MessageAt(from + count++).Length;
        if (from == 0)
        {
            operation.FirstSequence = TakeSequences(operation.Count);
            _pending.Add(operation);
        }

        operation.Sent += count;
        _inFlight += count;
        _requestsSent += count;
        _sends++;
        if (operation.Sent == operation.Count)
            _unsent.Dequeue();
    }

    /// <summary>Numbers in a row, never 0, which notifications carry.</summary>
    private uint TakeSequences(int count)
    {
        if (_nextSequence > uint.MaxValue - (uint)count)
            _nextSequence = 1;
        var first = _nextSequence;
        _nextSequence += (uint)count;
        return first;
    }

    private void Write(NetlinkOperation operation, int from, int count, int length)
    {
        var destination = _transport.Output.GetSpan(length)[..length];
        for (var i = from; i < from + count; i++)
        {
            var message = operation.MessageAt(i);
            message.CopyTo(destination);
            MemoryMarshal.Write(destination[8..], operation.FirstSequence + (uint)i);
            MemoryMarshal.Write(destination[12..], _options.PortId);
            if (operation.WantsAcknowledgement(i, isLastOfSend: i == from + count - 1))
                RequestAcknowledgement(destination);
            destination = destination[message.Length..];
        }

        _transport.Output.Advance(length);
    }

    private static void RequestAcknowledgement(Span<byte> message)
    {
        var flags = message[6..];
        MemoryMarshal.Write(flags, (ushort)(MemoryMarshal.Read<ushort>(flags) | (ushort)NetlinkMessageFlags.Acknowledge));
    }

    /// <summary>Takes out of line what nobody waits for any more. Called with the lock held.</summary>
    private void DropAbandoned()
    {
        while (_unsent.TryPeek(out var operation) && operation.IsAbandoned)
        {
            _unsent.Dequeue();
            if (operation.Answered == operation.Sent)
                Remove(operation);
        }
    }

    /// <summary>An operation whose requests could not be handed to the transport.</summary>
    private void Drop(NetlinkOperation operation, Exception exception)
    {
        lock (_gate)
        {
            if (_unsent.TryPeek(out var head) && head == operation)
                _unsent.Dequeue();
            Remove(operation);
        }

        operation.Fail(exception);
        operation.Leave();
    }

    /// <summary>Forgets an operation, and lets the next dump start if it was one. Called with the lock held.</summary>
    private void Remove(NetlinkOperation operation)
    {
        if (_pending.Remove(operation))
            _inFlight -= operation.Sent - operation.Answered;
        if (_dump != operation)
            return;
        _dump = null;
        if (_waitingDumps.TryDequeue(out var next))
            Enqueue(next);
    }
}
