using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

public sealed unsafe partial class DatagramSocket
{
    private ValueTaskAwaiter<FlushResult> _flush;
    private uint _kernelDropped;

    // One system call. True if there may be more.
    private bool Receive()
    {
        var batch = _loop.ReceiveBatch;
        batch.EnsureCapacity(MessageBatch.Count * _maxDatagramSize);
        for (var i = 0; i < MessageBatch.Count; i++)
        {
            ref var header = ref batch.Header(i).Header;
            header.NameLength = SocketAddresses.Capacity;
            header.ControlLength = (nuint)batch.Control(i).Length;
            batch.SetData(i, i * _maxDatagramSize, _maxDatagramSize);
        }

        var received = Libc.RecvMMsg(_socket, batch.Headers, MessageBatch.Count, Libc.MsgDontWait, null);
        if (received < 0)
        {
            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error is not (Errno.EAGAIN or Errno.EINTR))
                Counters.CountReceiveError(error);
            return error == Errno.EINTR;
        }

        Counters.ReceiveCalls++;
        var arrival = MonotonicClock.Now;
        for (var i = 0; i < received; i++)
            Deliver(batch, i, arrival);
        if (received == MessageBatch.Count)
            _loop.ReportMoreToReceive();
        FlushInput();
        OnInput?.Invoke();
        return received == MessageBatch.Count;
    }

    private void Deliver(MessageBatch batch, int index, long arrival)
    {
        ref var message = ref batch.Header(index);
        var length = (int)message.Length;
        var nameLength = (int)Math.Min(message.Header.NameLength, SocketAddresses.Capacity);
        var (source, port, interfaceIndex) = SocketAddresses.Read(batch.Name(index)[..nameLength]);
        var isTruncated = (message.Header.Flags & Libc.MsgTrunc) != 0;
        var header = new DatagramHeader
        {
            Length = length,
            Source = source,
            Port = port,
            InterfaceIndex = interfaceIndex,
            HopLimit = -1,
            IsTruncated = isTruncated,
            ArrivalTime = arrival,
        };
        header = ReadControl(header, batch.Control(index)[..(int)message.Header.ControlLength]);
        DatagramFrame.Write(_input.Writer, header, batch.Data.Slice(index * _maxDatagramSize, length));
        Counters.Received++;
        Counters.ReceivedBytes += length;
        if (isTruncated)
            Counters.Truncated++;
    }

    private DatagramHeader ReadControl(DatagramHeader header, ReadOnlySpan<byte> control)
    {
        var reader = new ControlMessageReader(control);
        while (reader.MoveNext())
        {
            var data = reader.Data;
            switch (reader.Level, reader.Type)
            {
                // struct in_pktinfo: interface, the local address it was delivered to, the destination in the packet.
                case (Libc.SolIp, Libc.IpPktInfo) when data.Length >= 12:
                    header = header with
                    {
                        InterfaceIndex = MemoryMarshal.Read<int>(data),
                        Destination = InetAddress.FromBytes(data.Slice(8, 4)),
                    };
                    break;
                case (Libc.SolIp, Libc.IpTtl) when data.Length >= 4:
                case (Libc.SolIpv6, Libc.Ipv6HopLimit) when data.Length >= 4:
                    header = header with { HopLimit = MemoryMarshal.Read<int>(data) };
                    break;
                case (Libc.SolIpv6, Libc.Ipv6PktInfo) when data.Length >= 20:
                    header = header with
                    {
                        InterfaceIndex = MemoryMarshal.Read<int>(data[16..]),
                        Destination = InetAddress.FromBytes(data[..16]),
                    };
                    break;
                case (Libc.SolSocket, Libc.SoRxqOvfl) when data.Length >= 4:
                    // A count since the socket was opened, in 32 bits.
                    var dropped = MemoryMarshal.Read<uint>(data);
                    Counters.KernelDropped += unchecked(dropped - _kernelDropped);
                    _kernelDropped = dropped;
                    break;
            }
        }

        return header;
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "The awaiter takes the result once; an await would allocate.")]
    private void FlushInput()
    {
        _flush = _input.Writer.FlushAsync().GetAwaiter();
        if (_flush.IsCompleted)
        {
            FinishFlush();
            return;
        }

        _isInputPaused = true;
        Counters.InputPauses++;
        UpdateInterest();
        _flush.UnsafeOnCompleted(_resumeInput);
    }

    private void ResumeInput()
    {
        _isInputPaused = false;
        FinishFlush();
        UpdateInterest();
    }

    // Completed means that the reader wants no more; the socket may still send.
    private void FinishFlush()
    {
        if (!_flush.GetResult().IsCompleted)
            return;
        _isInputOver = true;
        UpdateInterest();
    }

    private void TakePendingError()
    {
        var error = 0;
        uint length = sizeof(int);
        if (Libc.GetSockOpt(_socket, Libc.SolSocket, Libc.SoError, &error, &length) == 0 && error != 0)
            Counters.CountReceiveError((Errno)error);
    }
}
