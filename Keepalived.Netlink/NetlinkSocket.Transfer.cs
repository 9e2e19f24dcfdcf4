using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <content>recvmsg and sendmsg.</content>
public sealed unsafe partial class NetlinkSocket
{
    /// <summary>The kernel fills at most 32 KiB when it dumps; a single object may be longer.</summary>
    private const int InitialBufferSize = 64 * 1024;

    /// <summary>
    /// What is received before the loop gets its turn back. The rest keeps the socket readable. Answers to changes are a datagram each.
    /// </summary>
    private const int MaxDatagramsPerTurn = 256;

    /// <summary>The same in bytes, for dumps: about a millisecond's work.</summary>
    private const int MaxBytesPerTurn = 1024 * 1024;

    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(InitialBufferSize, pinned: true);
    private bool _hasLost;
    private long _received;
    private long _sent;
    private long _foreign;
    private long _overruns;
    private long _truncated;
    private long _malformed;

    /// <summary>Sends one datagram and, on the loop, receives what the kernel answered to it.</summary>
    internal void Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
        {
            var vector = new IoVec { Base = bytes, Length = (nuint)datagram.Length };
            var message = new MsgHdr { Vectors = &vector, VectorCount = 1 };
            while (Libc.SendMsg(_handle, &message, Libc.MsgNoSignal) < 0)
            {
                if (Marshal.GetLastPInvokeError() != (int)Errno.EINTR)
                    throw SystemCallException.FromLastError($"send {datagram.Length} bytes over netlink");
            }
        }

        _sent++;
        if (_loop.IsInLoop)
            Receive();
    }

    /// <summary>
    /// Takes datagrams from the socket until it has no more. A reader may send from inside the flush; the receiving under way then takes
    /// the answer.
    /// </summary>
    private void Receive()
    {
        if (_isReceiving || _isDisposed)
            return;
        _isReceiving = true;
        var failure = default(Exception);
        var bytes = 0;
        for (var i = 0; i < MaxDatagramsPerTurn && bytes < MaxBytesPerTurn && !_isDisposed; i++)
        {
            if (!TryReceive(out var length, out failure))
                break;
            bytes += length;
            // One flush a datagram: what the reader does about it happens before the next is taken. The pipe has no limit, so that this
            // never waits.
            var flush = _input.Writer.FlushAsync();
            Debug.Assert(flush.IsCompleted);
            _loop.PauseIfDue();
        }

        _isReceiving = false;
        if (failure is not null || _isDisposed)
            CompleteInput(failure);
    }

    /// <summary>
    /// Puts one datagram, or the message that says that some are lost, into the pipe. The kernel tells of a loss at once and keeps dropping
    /// until everything that was queued before is taken: only then have the messages that are missing a place in the stream, and an answer
    /// to what is sent next a place in the queue.
    /// </summary>
    private bool TryReceive(out int length, out Exception? failure)
    {
        length = 0;
        failure = null;
        SockAddrNetlink sender;
        var buffer = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_buffer));
        var vector = new IoVec { Base = buffer, Length = (nuint)_buffer.Length };
        var message = new MsgHdr { Name = &sender, NameLength = (uint)sizeof(SockAddrNetlink), Vectors = &vector, VectorCount = 1 };
        while (true)
        {
            length = (int)Libc.RecvMsg(_handle, &message, Libc.MsgDontWait | Libc.MsgTrunc);
            if (length >= 0)
            {
                Accept(length, sender.PortId);
                return true;
            }

            var error = (Errno)Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN when _hasLost:
                    _hasLost = false;
                    WriteLoss(Errno.ENOBUFS);
                    length = 0;
                    return true;
                case Errno.EAGAIN:
                    return false;
                case Errno.ENOBUFS:
                    _overruns++;
                    _hasLost = true;
                    continue;
                default:
                    failure = new SystemCallException("receive from netlink", error);
                    return false;
            }
        }
    }

    private void Accept(int length, uint sender)
    {
        if (sender != 0)
        {
            _foreign++;
            return;
        }

        if (length > _buffer.Length)
        {
            _truncated++;
            _buffer = GC.AllocateUninitializedArray<byte>(length * 2, pinned: true);
            WriteLoss(Errno.EMSGSIZE);
            return;
        }

        _received++;
        var datagram = _buffer.AsSpan(0, length);
        var reader = new NetlinkMessageReader(datagram);
        while (reader.TryRead(out _))
        {
        }

        // Messages are told apart by their lengths alone: what cannot be trusted must not enter the stream.
        var valid = length - reader.Remaining.Length;
        var padded = NetlinkHeader.Align(valid);
        var destination = _input.Writer.GetSpan(padded);
        datagram[..valid].CopyTo(destination);
        destination[valid..padded].Clear();
        _input.Writer.Advance(padded);
        if (reader.Error == NetlinkDecodeError.None)
            return;
        _malformed++;
        WriteLoss(Errno.EBADMSG);
    }

    private void WriteLoss(Errno error)
    {
        const int Length = NetlinkHeader.Size + sizeof(int);
        var destination = _input.Writer.GetSpan(Length);
        new NetlinkHeader(Length, NetlinkMessageType.Overrun, NetlinkMessageFlags.None, 0, PortId).Write(destination);
        MemoryMarshal.Write(destination[NetlinkHeader.Size..], (int)error);
        _input.Writer.Advance(Length);
    }
}
