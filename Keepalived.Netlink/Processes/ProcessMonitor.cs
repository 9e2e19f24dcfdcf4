using System.Buffers;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Processes;

/// <summary>
/// Tells when processes of the system begin, run another program, are renamed and end: the kernel's process connector (linux/cn_proc.h),
/// over netlink. It exists only in the initial network and process namespaces, and needs CAP_NET_ADMIN.
/// </summary>
public sealed class ProcessMonitor : IDisposable
{
    private const uint ListenOperation = 1;
    private const uint IgnoreOperation = 2;

    private const int ReceiveBufferSize = 4 * 1024 * 1024;

    private readonly NetlinkSocket _socket;
    private readonly IProcessObserver _observer;
    private bool _isDisposed;

    private ProcessMonitor(NetlinkSocket socket, IProcessObserver observer) => (_socket, _observer) = (socket, observer);

    /// <summary>
    /// Subscribes, on the loop's own thread. What is in /proc when this returns and what is told afterwards is everything.
    /// </summary>
    /// <param name="loop">The loop.</param>
    /// <param name="observer">Told of everything, on the loop.</param>
    /// <param name="options">
    /// How the socket is opened, its groups apart; null for a receive buffer of 4 MiB, as every fork and exit of the system is a message of
    /// about 1 KiB of socket memory.
    /// </param>
    /// <exception cref="SystemCallException">
    /// The kernel has no process connector here (ECONNREFUSED: not the initial network namespace), or the process lacks the right.
    /// </exception>
    public static ProcessMonitor Open(EventLoop loop, IProcessObserver observer, NetlinkSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(observer);
        options ??= new NetlinkSocketOptions { ReceiveBufferSize = ReceiveBufferSize };
        options = options with { Groups = [ProcessEvent.Connector] };
        var monitor = new ProcessMonitor(NetlinkSocket.Open(loop, NetlinkProtocol.Connector, options), observer);
        try
        {
            monitor.Request(ListenOperation);
        }
        catch
        {
            monitor._socket.Dispose();
            throw;
        }

        _ = monitor.ReadAsync();
        return monitor;
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            // The kernel counts its listeners, and goes on making messages for one that just closes its socket.
            Request(IgnoreOperation);
        }
        catch (SystemCallException e) when (e.Error is Errno.ENOBUFS or Errno.ECONNREFUSED)
        {
            // It could not be told; messages to nobody cost little.
        }

        _socket.Dispose();
    }

    private void Request(uint operation)
    {
        const int length = NetlinkHeader.Size + ProcessEvent.ConnectorHeaderSize + sizeof(uint);
        Span<byte> message = stackalloc byte[length];
        message.Clear();
        new NetlinkHeader(length, NetlinkMessageType.Done, 0, 0, _socket.PortId).Write(message);
        var connector = message[NetlinkHeader.Size..];
        MemoryMarshal.Write(connector, ProcessEvent.Connector);
        MemoryMarshal.Write(connector[4..], ProcessEvent.Connector);
        MemoryMarshal.Write(connector[16..], (ushort)sizeof(uint));
        MemoryMarshal.Write(connector[ProcessEvent.ConnectorHeaderSize..], operation);
        _socket.Send(message);
    }

    private async Task ReadAsync()
    {
        var input = _socket.Input;
        while (true)
        {
            var result = await input.ReadAsync().ConfigureAwait(false);
            Process(result.Buffer);
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                break;
        }

        await input.CompleteAsync().ConfigureAwait(false);
    }

    private void Process(in ReadOnlySequence<byte> buffer)
    {
        // The socket writes whole datagrams of whole messages; only a long one may lie in two segments.
        var reader = new NetlinkMessageReader(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray());
        while (!_isDisposed && reader.TryRead(out var message))
        {
            if (message.Type == NetlinkMessageType.Overrun)
                _observer.OnLost();
            else if (message.Type == NetlinkMessageType.Done && ProcessEvent.TryParse(message.Payload, out var processEvent))
                _observer.OnEvent(processEvent);
        }
    }
}
