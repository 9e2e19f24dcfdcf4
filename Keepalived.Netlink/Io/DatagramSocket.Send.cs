using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

public sealed unsafe partial class DatagramSocket
{
    private bool _isPumping;
    private bool _isCloseRequested;

    // Sends what the pipe holds until it is empty or the kernel's buffer is full.
    private void Pump()
    {
        _outputWriter.PumpBegins();
        if (_isClosed || _isOutputPaused || _isPumping)
            return;
        _isPumping = true;
        try
        {
            while (!_isOutputPaused && _output.Reader.TryRead(out var result))
            {
                SendAll(result.Buffer);
                if (result.IsCompleted)
                    break;
            }
        }
        catch (InvalidDataException exception)
        {
            Shut(exception);
            throw;
        }
        finally
        {
            _isPumping = false;
            if (_isCloseRequested)
                Close();
        }
    }

    private void SendAll(ReadOnlySequence<byte> buffer)
    {
        var isFinished = false;
        try
        {
            while (!_isOutputPaused && SendBatch(ref buffer))
            {
            }

            isFinished = !_isOutputPaused;
        }
        finally
        {
            // What is left over is the beginning of a frame, or waits for room in the kernel, or for the next pump after OnSendError threw.
            _output.Reader.AdvanceTo(buffer.Start, isFinished ? buffer.End : buffer.Start);
            if (!isFinished && !_isOutputPaused)
                _outputWriter.RequestPump();
        }
    }

    // Sends up to a batch of frames from the front of the buffer, which it moves behind those that are done with; false if there was none.
    private bool SendBatch(ref ReadOnlySequence<byte> buffer)
    {
        var batch = _loop.SendBatch;
        var ends = _loop.SendEnds;
        var unread = buffer;
        var count = 0;
        var used = 0;
        while (count < MessageBatch.Count)
        {
            var next = unread;
            if (!DatagramFrame.TryRead(ref next, out var header, out ReadOnlySequence<byte> payload)
                || used + header.Length > batch.Data.Length)
                break;
            payload.CopyTo(batch.Data[used..]);
            Prepare(batch, count, used, header);
            used += header.Length;
            unread = next;
            ends[count++] = unread.Start;
        }

        var done = 0;
        try
        {
            while (done < count && !_isOutputPaused)
            {
                SendPrepared(batch, count, buffer, ends, ref done);
                _loop.PauseIfDue();
            }
        }
        finally
        {
            if (done > 0)
                buffer = buffer.Slice(ends[done - 1]);
        }

        return count > 0;
    }

    // One system call. Moves done behind what is done with: sent, or refused and reported. It stays if the kernel's buffer is full.
    private void SendPrepared(MessageBatch batch, int count, in ReadOnlySequence<byte> buffer, SequencePosition[] ends, ref int done)
    {
        var sent = Libc.SendMMsg(_socket, batch.Headers + done, (uint)(count - done), Libc.MsgDontWait | Libc.MsgNoSignal);
        if (sent > 0)
        {
            Counters.SendCalls++;
            Counters.Sent += sent;
            for (var i = done; i < done + sent; i++)
                Counters.SentBytes += batch.DataLength(i);
            done += sent;
            return;
        }

        var error = (Errno)Marshal.GetLastPInvokeError();
        if (error == Errno.EINTR)
            return;
        if (error == Errno.EAGAIN)
        {
            _isOutputPaused = true;
            Counters.OutputPauses++;
            UpdateInterest();
            return;
        }

        Counters.CountSendError(error);
        var frame = done == 0 ? buffer : buffer.Slice(ends[done - 1]);
        done++;
        if (OnSendError is { } report)
        {
            DatagramFrame.TryRead(ref frame, out var header, out ReadOnlySequence<byte> _);
            report(new DatagramSendError(error, header));
        }
    }

    private void Prepare(MessageBatch batch, int index, int offset, in DatagramHeader header)
    {
        batch.SetData(index, offset, header.Length);
        ref var message = ref batch.Header(index).Header;
        message.Flags = 0;
        if (Family == AddressFamily.Packet)
        {
            // Without an interface, the one that the socket is bound to. The kernel reads the protocol from the frame.
            var length = header.InterfaceIndex == 0 ? 0 : SocketAddresses.WriteLinkLayer(batch.Name(index), header.InterfaceIndex, 0);
            SetName(batch, index, length);
            SetControl(batch, index, 0);
            return;
        }

        SetName(batch, index, SocketAddresses.Write(batch.Name(index), header.Destination, header.Port, header.InterfaceIndex));
        var control = new ControlMessageWriter(batch.Control(index));
        if (Family == AddressFamily.InterNetwork)
            AddControl(ref control, header);
        else
            AddControlIpv6(ref control, header);
        SetControl(batch, index, control.Length);
    }

    private static void AddControl(ref ControlMessageWriter control, in DatagramHeader header)
    {
        if (!header.Source.IsNone || header.InterfaceIndex != 0)
        {
            var info = control.Add(Libc.SolIp, Libc.IpPktInfo, 12);
            MemoryMarshal.Write(info, header.InterfaceIndex);
            if (header.Source.IsIPv4)
                header.Source.WriteTo(info[4..]);
        }

        if (header.HopLimit > 0)
            MemoryMarshal.Write(control.Add(Libc.SolIp, Libc.IpTtl, sizeof(int)), header.HopLimit);
    }

    private static void AddControlIpv6(ref ControlMessageWriter control, in DatagramHeader header)
    {
        if (!header.Source.IsNone || header.InterfaceIndex != 0)
        {
            var info = control.Add(Libc.SolIpv6, Libc.Ipv6PktInfo, 20);
            if (header.Source.IsIPv6)
                header.Source.WriteTo(info);
            MemoryMarshal.Write(info[16..], header.InterfaceIndex);
        }

        if (header.HopLimit > 0)
            MemoryMarshal.Write(control.Add(Libc.SolIpv6, Libc.Ipv6HopLimit, sizeof(int)), header.HopLimit);
    }

    private static void SetName(MessageBatch batch, int index, int length)
    {
        ref var message = ref batch.Header(index).Header;
        message.Name = length == 0 ? null : batch.NamePointer(index);
        message.NameLength = (uint)length;
    }

    private static void SetControl(MessageBatch batch, int index, int length)
    {
        ref var message = ref batch.Header(index).Header;
        message.Control = length == 0 ? null : batch.ControlPointer(index);
        message.ControlLength = (nuint)length;
    }

    private void CountAbandoned()
    {
        if (!_output.Reader.TryRead(out var result))
            return;
        var rest = result.Buffer;
        while (DatagramFrame.TryRead(ref rest, out _, out ReadOnlySequence<byte> _))
            Counters.Abandoned++;
        _output.Reader.AdvanceTo(result.Buffer.End);
    }
}
