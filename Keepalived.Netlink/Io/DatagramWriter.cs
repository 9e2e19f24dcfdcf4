using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Keepalived.Netlink.Io;

/// <summary>
/// Writes datagrams into a pipe without ever waiting: while the pipe is over its limit, because the other end stalls, datagrams are
/// dropped and counted, as a full queue of an interface would. For one thread.
/// </summary>
public sealed class DatagramWriter
{
    private readonly PipeWriter _writer;
    private ValueTaskAwaiter<FlushResult> _flush;
    private bool _isFlushing;
    private bool _isReaderGone;

    /// <summary>Writes to <paramref name="writer"/>, which nobody else may write to or flush.</summary>
    public DatagramWriter(PipeWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <summary>How many datagrams were written.</summary>
    public long Written { get; private set; }

    /// <summary>How many datagrams were dropped, because the pipe was full or its reader gone.</summary>
    public long Dropped { get; private set; }

    /// <summary>
    /// Writes and flushes a datagram; false if it was dropped. Frames written in one turn of a loop leave in one system call.
    /// </summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="DatagramFrame.MaxPayloadLength"/>.</exception>
    [SuppressMessage("Reliability", "CA2012", Justification = "The awaiter takes the result once, perhaps in a later call.")]
    public bool TryWrite(in DatagramHeader header, ReadOnlySpan<byte> payload)
    {
        FinishFlush();
        if (_isFlushing || _isReaderGone)
        {
            Dropped++;
            return false;
        }

        DatagramFrame.Write(_writer, header, payload);
        Written++;
        _flush = _writer.FlushAsync().GetAwaiter();
        _isFlushing = true;
        FinishFlush();
        return true;
    }

    private void FinishFlush()
    {
        if (!_isFlushing || !_flush.IsCompleted)
            return;
        _isFlushing = false;
        _isReaderGone = _flush.GetResult().IsCompleted;
        _flush = default;
    }
}
