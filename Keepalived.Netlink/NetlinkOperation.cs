using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>
/// Requests that one caller waits for, numbered one after the other. The connection's lock guards the numbers; answers come from the
/// reading thread only.
/// </summary>
internal abstract class NetlinkOperation
{
    private CancellationTokenRegistration _cancellation;

    public uint FirstSequence { get; set; }

    /// <summary>How many requests there are.</summary>
    public abstract int Count { get; }

    public int Sent { get; set; }

    public int Answered { get; set; }

    /// <summary>Whether the kernel walks a table: it does so for one request of a socket at a time.</summary>
    public virtual bool IsDump => false;

    /// <summary>Whether all of it goes in one datagram, however long.</summary>
    public virtual bool IsIndivisible => false;

    /// <summary>Whether the connection is to ask for an acknowledgement of request <paramref name="index"/>.</summary>
    public virtual bool WantsAcknowledgement(int index, bool isLastOfSend) => false;

    /// <summary>Whether nobody waits any more.</summary>
    public abstract bool IsAbandoned { get; }

    public bool HasSequence(uint sequence) => sequence - FirstSequence < (uint)Sent;

    public abstract ReadOnlySpan<byte> MessageAt(int index);

    /// <summary>A message that is neither an acknowledgement nor the end of a dump.</summary>
    /// <returns>False if this operation expects none.</returns>
    public abstract bool Receive(in NetlinkMessage message);

    /// <summary>Request <paramref name="index"/> was carried out, or refused.</summary>
    public abstract void Acknowledge(int index, Errno error, ExtendedAcknowledgement acknowledgement);

    /// <summary>Messages were lost, perhaps the answers to requests sent and not answered yet.</summary>
    public abstract NetlinkLossReaction LoseAnswers(Errno reason);

    /// <summary>Whether the answer is of no use, and the request is to be sent again.</summary>
    public virtual bool TryRestart(int maxAttempts) => false;

    /// <summary>Called when the operation left the connection: nothing of it will be sent or received any more.</summary>
    public virtual void Leave() => _cancellation.Dispose();

    public abstract void Fail(Exception exception);

    public void CancelWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((NetlinkOperation)state!).Abandon(token), this);
    }

    protected abstract void Abandon(CancellationToken token);
}
