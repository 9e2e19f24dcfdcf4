using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Testing;

/// <summary>
/// A kernel made of a delegate, for tests of programs that use netlink: without root, without a network, with answers that a real kernel
/// gives once in a year.
/// <code>
/// await using var kernel = new ScriptedKernel((in request, reply) => reply.Fail(Errno.EEXIST, "Address already assigned."));
/// await using var client = new RouteClient(kernel.Connect());
/// </code>
/// The delegate is called for each request in order, on the thread that sends.
/// </summary>
public sealed class ScriptedKernel : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ScriptedKernelHandler _handler;
    private readonly Pipe _requests = NewPipe();
    private readonly Pipe _answers = NewPipe();
    private readonly Task _reading;
    private bool _isFlushing;
    private bool _flushAgain;

    /// <summary>A kernel that answers by <paramref name="handler"/>.</summary>
    public ScriptedKernel(ScriptedKernelHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handler = handler;
        Transport = new Duplex(_answers.Reader, _requests.Writer);
        _reading = ReadAsync();
    }

    /// <summary>The port id of the program's socket.</summary>
    public const uint PortId = 4711;

    /// <summary>The program's end: what a socket would be.</summary>
    public IDuplexPipe Transport { get; }

    /// <summary>How many requests came.</summary>
    public int RequestCount { get; private set; }

    /// <summary>A connection to it. There is one.</summary>
    public NetlinkConnection Connect(NetlinkConnectionOptions? options = null) =>
        new(Transport, (options ?? new NetlinkConnectionOptions()) with { PortId = PortId });

    /// <summary>Sends a notification, which answers no request.</summary>
    public void Notify<TState>(
        ushort type, TState state, NetlinkMessageBody<TState> body, NetlinkMessageFlags flags = NetlinkMessageFlags.None)
    {
        ArgumentNullException.ThrowIfNull(body);
        lock (_gate)
        {
            var writer = new NetlinkMessageWriter(_answers.Writer, type, flags);
            body(ref writer, state);
            writer.Complete();
        }

        Flush();
    }

    /// <summary>Says that messages were lost at this place, as a socket does: ENOBUFS when its buffer overflowed.</summary>
    public void Lose(Errno reason = Errno.ENOBUFS)
    {
        Span<byte> message = stackalloc byte[NetlinkHeader.Size + sizeof(int)];
        new NetlinkHeader((uint)message.Length, NetlinkMessageType.Overrun, NetlinkMessageFlags.None, 0, PortId).Write(message);
        MemoryMarshal.Write(message[NetlinkHeader.Size..], (int)reason);
        Send(message);
    }

    /// <summary>Sends bytes as they are, sense or nonsense.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            _answers.Writer.Write(bytes);
        Flush();
    }

    /// <summary>Ends the connection from the kernel's side.</summary>
    public async ValueTask DisposeAsync()
    {
        await _answers.Writer.CompleteAsync().ConfigureAwait(false);
        _requests.Reader.CancelPendingRead();
        await _reading.ConfigureAwait(false);
    }

    private static Pipe NewPipe() => new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: 0,
        useSynchronizationContext: false));

    private async Task ReadAsync()
    {
        while (true)
        {
            var result = await _requests.Reader.ReadAsync().ConfigureAwait(false);
            Answer(result.Buffer.ToArray());
            _requests.Reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled)
                break;
        }

        await _requests.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private void Answer(byte[] bytes)
    {
        var reader = new NetlinkMessageReader(bytes);
        while (reader.TryRead(out var request))
        {
            RequestCount++;
            _handler(request, new ScriptedReply(this, request.Header));
        }
    }

    /// <summary>The reader may send, and so answer, from inside a flush: that answer waits for the next one.</summary>
    private void Flush()
    {
        lock (_gate)
        {
            _flushAgain = true;
            if (_isFlushing)
                return;
            _isFlushing = true;
        }

        while (true)
        {
            lock (_gate)
            {
                _isFlushing = _flushAgain;
                if (!_flushAgain)
                    return;
                _flushAgain = false;
            }

            // The pipe has no limit: this does not wait.
            _answers.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
