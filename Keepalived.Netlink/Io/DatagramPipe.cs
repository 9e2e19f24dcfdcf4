using System.IO.Pipelines;

namespace Keepalived.Netlink.Io;

/// <summary>One end of a pair of pipes in memory: what a socket is to a protocol, without a kernel. For tests and embedders.</summary>
public sealed class DatagramPipe : IDuplexPipe
{
    private DatagramPipe(PipeReader input, PipeWriter output) => (Input, Output) = (input, output);

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>Two ends; what is written to the output of one is the input of the other, frame for frame as it was written.</summary>
    /// <param name="scheduler">Where readers and writers resume, such as an <see cref="EventLoop"/>; null for at once, inside the other
    /// end's call.</param>
    /// <param name="capacity">How many bytes a direction holds before its writer must wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public static (DatagramPipe First, DatagramPipe Second) CreatePair(PipeScheduler? scheduler = null, int capacity = 256 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        var resume = scheduler ?? PipeScheduler.Inline;
        var options = new PipeOptions(null, resume, resume, capacity, capacity / 2, useSynchronizationContext: false);
        var there = new Pipe(options);
        var back = new Pipe(options);
        return (new DatagramPipe(back.Reader, there.Writer), new DatagramPipe(there.Reader, back.Writer));
    }
}
