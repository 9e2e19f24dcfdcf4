using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>What a driver needs of a session, whether <see cref="BfdSession"/> or <see cref="BfdEchoSession"/>.</summary>
public interface IBfdMachine
{
    /// <summary>bfd.LocalDiscr: the session's name on the wire, the same for its whole life.</summary>
    uint LocalDiscriminator { get; }

    /// <summary>bfd.SessionState.</summary>
    BfdState State { get; }

    /// <summary>Counters.</summary>
    BfdStatistics Statistics { get; }

    /// <summary>
    /// When <see cref="HandleTimeout"/> is next due, in ns; <see cref="MonotonicClock.Never"/> if only a packet or the caller can change
    /// anything. May change with any call.
    /// </summary>
    long NextDeadline { get; }

    /// <summary>
    /// Does what is due at <paramref name="now"/>. Called too early it does nothing; called late it does each thing once and notes the
    /// lateness.
    /// </summary>
    void HandleTimeout(long now);

    /// <summary>Takes the next thing to do. The order is that of carrying out.</summary>
    bool TryDequeue(out BfdAction action);
}
