using System.Buffers;
using System.IO.Pipelines;

namespace Keepalived.Netlink;

/// <summary>The sending half of a <see cref="NetlinkSocket"/>: each flush is one datagram, sent before it returns.</summary>
internal sealed class NetlinkSocketWriter(NetlinkSocket socket) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.WrittenCount;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    public override void Advance(int bytes) => _buffer.Advance(bytes);

    public override void CancelPendingFlush()
    {
        // A flush never waits.
    }

    public override void Complete(Exception? exception = null) => _isCompleted = true;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_isCompleted)
            throw new InvalidOperationException("The writer is completed.");
        if (_buffer.WrittenCount == 0)
            return ValueTask.FromResult(default(FlushResult));
        try
        {
            // While this datagram is sent the reader may be called; the connection writes its next one only after this one.
            socket.Send(_buffer.WrittenSpan);
        }
        finally
        {
            _buffer.ResetWrittenCount();
        }

        return ValueTask.FromResult(default(FlushResult));
    }
}
