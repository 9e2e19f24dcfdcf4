namespace Keepalived.Netlink.Io;

/// <summary>What a <see cref="DatagramSocket"/> did. The loop counts, any thread may read.</summary>
public sealed class DatagramSocketCounters
{
    private const int ErrnoCount = 134;

    private readonly long[] _sendErrors = new long[ErrnoCount];
    private readonly long[] _receiveErrors = new long[ErrnoCount];

    /// <summary>Datagrams received, truncated ones included.</summary>
    public long Received { get; internal set; }

    /// <summary>Bytes in them.</summary>
    public long ReceivedBytes { get; internal set; }

    /// <summary>Datagrams that were longer than <see cref="DatagramSocketOptions.MaxDatagramSize"/> and were cut.</summary>
    public long Truncated { get; internal set; }

    /// <summary>Calls of recvmmsg that returned datagrams.</summary>
    public long ReceiveCalls { get; internal set; }

    /// <summary>
    /// Datagrams that the kernel dropped because its buffer for the socket was full (SO_RXQ_OVFL), as of the last datagram received.
    /// </summary>
    public long KernelDropped { get; internal set; }

    /// <summary>How often reading paused because the input pipe was full.</summary>
    public long InputPauses { get; internal set; }

    /// <summary>Errors of receiving.</summary>
    public long ReceiveErrors { get; private set; }

    /// <summary>Datagrams given to the kernel.</summary>
    public long Sent { get; internal set; }

    /// <summary>Bytes in them.</summary>
    public long SentBytes { get; internal set; }

    /// <summary>Calls of sendmmsg that sent something.</summary>
    public long SendCalls { get; internal set; }

    /// <summary>How often sending waited because the kernel's buffer was full.</summary>
    public long OutputPauses { get; internal set; }

    /// <summary>Datagrams that the kernel refused; see <see cref="GetSendErrors"/>.</summary>
    public long SendErrors { get; private set; }

    /// <summary>Datagrams that were still waiting when the socket was closed.</summary>
    public long Abandoned { get; internal set; }

    /// <summary>
    /// Datagrams that the kernel refused with this error; those beyond the known numbers count as <see cref="Errno.None"/>.
    /// </summary>
    public long GetSendErrors(Errno error) => _sendErrors[Index(error)];

    /// <summary>Errors of receiving with this number; those beyond the known numbers count as <see cref="Errno.None"/>.</summary>
    public long GetReceiveErrors(Errno error) => _receiveErrors[Index(error)];

    internal void CountSendError(Errno error)
    {
        SendErrors++;
        _sendErrors[Index(error)]++;
    }

    internal void CountReceiveError(Errno error)
    {
        ReceiveErrors++;
        _receiveErrors[Index(error)]++;
    }

    private static int Index(Errno error) => (uint)error < ErrnoCount ? (int)error : 0;
}
