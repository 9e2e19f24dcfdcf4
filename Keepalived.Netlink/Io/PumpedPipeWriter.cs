using System.IO.Pipelines;

namespace Keepalived.Netlink.Io;

/// <summary>
/// The writing end of a pipe that a socket on an <see cref="EventLoop"/> empties: every flush asks for one pump at the end of the turn,
/// however many flushes there are. The pump reads with <see cref="PipeReader.TryRead"/>, so no read is ever pending.
/// </summary>
internal sealed class PumpedPipeWriter(EventLoop loop, PipeWriter inner, Action<object?> pump, object state) : PipeWriter
{
    private int _isPumpRequested;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <summary>To be called when the pump begins, before it reads.</summary>
    public void PumpBegins() => Interlocked.Exchange(ref _isPumpRequested, 0);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = inner.FlushAsync(cancellationToken);
        RequestPump();
        return flush;
    }

    public override void Complete(Exception? exception = null)
    {
        inner.Complete(exception);
        RequestPump();
    }

    /// <summary>Asks for a pump at the end of the turn.</summary>
    public void RequestPump()
    {
        if (Interlocked.Exchange(ref _isPumpRequested, 1) == 0)
            loop.Enqueue(pump, state, isLate: true);
    }
}
