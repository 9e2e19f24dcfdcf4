using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>
/// One virtual router: the state machine of RFC 9568 section 6.4 and RFC 3768 section 6.4 with keepalived's behaviour. It opens no socket,
/// owns no timer, reads no clock and does not log: every input carries the present, <c>now</c>, in nanoseconds of
/// <see cref="MonotonicClock"/>; the answer is a queue of actions and one <see cref="NextDeadline"/>. After each input drain
/// <see cref="TryDequeue"/>, then wait for <see cref="NextDeadline"/>. Not thread-safe. Packets, timers and the queue allocate nothing.
/// </summary>
public sealed partial class VrrpRouter
{
    /// <summary>A router in <see cref="VrrpState.Initialize"/>.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public VrrpRouter(VrrpRouterOptions options) => throw new NotImplementedException();

    /// <summary>The options in force.</summary>
    public VrrpRouterOptions Options => throw new NotImplementedException();

    /// <summary>The state.</summary>
    public VrrpState State => throw new NotImplementedException();

    /// <summary>The priority that is advertised now: 1-254, or 255 for an owner.</summary>
    public byte EffectivePriority => throw new NotImplementedException();

    /// <summary>The source address of the adverts; <see cref="InetAddress.None"/> if there is none.</summary>
    public InetAddress SourceAddress => throw new NotImplementedException();

    /// <summary>The master that a backup follows; <see cref="InetAddress.None"/> if none was heard. While master, the last other one.</summary>
    public InetAddress MasterAddress => throw new NotImplementedException();

    /// <summary>The priority of <see cref="MasterAddress"/>.</summary>
    public byte MasterPriority => throw new NotImplementedException();

    /// <summary>The master's advertisement interval in nanoseconds: learned in version 3, the configured one in version 2.</summary>
    public long MasterInterval => throw new NotImplementedException();

    /// <summary>The master down interval in nanoseconds.</summary>
    public long MasterDownInterval => throw new NotImplementedException();

    /// <summary>The skew time in nanoseconds.</summary>
    public long SkewTime => throw new NotImplementedException();

    /// <summary>When the state last changed.</summary>
    public long LastTransition => throw new NotImplementedException();

    /// <summary>The counters.</summary>
    public VrrpStatistics Statistics => throw new NotImplementedException();

    /// <summary>The faults that hold the router in <see cref="VrrpState.Fault"/>.</summary>
    public IReadOnlyCollection<VrrpFault> Faults => throw new NotImplementedException();

    /// <summary>When <see cref="HandleTimeout"/> must be called next; <see cref="MonotonicClock.Never"/> if nothing is awaited.</summary>
    public long NextDeadline => throw new NotImplementedException();

    /// <summary>Where an advertisement goes: the group, or each unicast peer in order.</summary>
    public ReadOnlySpan<InetAddress> Destinations => throw new NotImplementedException();

    /// <summary>Starts: to backup, to fault if a fault is set, or, as an owner, to master at the first timeout.</summary>
    /// <param name="now">The present.</param>
    /// <param name="notBefore">The end of the startup delay: nothing is sent or accepted before it. 0 for none.</param>
    /// <exception cref="InvalidOperationException">It was started already.</exception>
    public void Start(long now, long notBefore = 0) => throw new NotImplementedException();

    /// <summary>Stops: a master sends priority 0 and removes its addresses. Afterwards the router may be started again.</summary>
    public void Stop(long now) => throw new NotImplementedException();

    /// <summary>Stops without a word and leaves the addresses where they are (--dont-release-vrrp).</summary>
    public void Abandon(long now) => throw new NotImplementedException();

    /// <summary>Judges a received datagram and, if it is accepted, acts on it.</summary>
    /// <param name="header">
    /// Length, source, destination and hop limit as received. Over IPv4 the packet's own header counts and these may be unset; over IPv6
    /// <see cref="DatagramHeader.Destination"/> may be none, and the checksum is then left to the kernel.
    /// </param>
    /// <param name="packet">Over IPv4 the packet with its IP header, as a raw socket gives it; over IPv6 the payload.</param>
    /// <param name="now">The present.</param>
    /// <returns><see cref="VrrpDiscardReason.None"/> if it was accepted.</returns>
    public VrrpDiscardReason HandleDatagram(in DatagramHeader header, ReadOnlySpan<byte> packet, long now) => throw new NotImplementedException();

    /// <summary>Does what is due at <paramref name="now"/>; nothing if called early.</summary>
    public void HandleTimeout(long now) => throw new NotImplementedException();

    /// <summary>
    /// Sets the sum of base priority and weights; the effective priority is that sum within 1-254. Without effect on an owner.
    /// </summary>
    public void SetPriority(int total, long now) => throw new NotImplementedException();

    /// <summary>Sets or clears a fault. The first one set leads to <see cref="VrrpState.Fault"/>, the last one cleared out of it.</summary>
    public void SetFault(VrrpFault fault, bool active, long now) => throw new NotImplementedException();

    /// <summary>
    /// The source address changed. <see cref="InetAddress.None"/> is a fault (<see cref="VrrpFaultReason.NoSourceAddress"/>), cleared by
    /// an address.
    /// </summary>
    public void SetSourceAddress(InetAddress address, long now) => throw new NotImplementedException();

    /// <summary>
    /// Somebody else removed an address, route or rule that this master had configured: to backup, with priority 0, and back after the skew
    /// time. Without effect in other states.
    /// </summary>
    public void HandleAddressLost(long now) => throw new NotImplementedException();

    /// <summary>Replaces the startup delay; an earlier end lets the router go at once.</summary>
    public void SetStartupDelay(long notBefore, long now) => throw new NotImplementedException();

    /// <summary>
    /// Goes on with new options: a master stays master and advertises at once, a backup waits a master down interval. State, statistics
    /// and packet identification are kept; what was learned of the master's interval, the preempt delay and rate limits are not.
    /// </summary>
    /// <param name="options">The new options.</param>
    /// <param name="addressesAdded">Whether addresses were added, also such as are not in the packet: a master announces then.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="ArgumentException">The options are not valid, or VRID, family or kind (unicast, multicast) differ: that is another router.</exception>
    public void Reconfigure(VrrpRouterOptions options, bool addressesAdded, long now) => throw new NotImplementedException();

    /// <summary>
    /// The bytes of an advertisement for one destination: over IPv4 a whole packet with its header, over IPv6 the payload. Valid until the
    /// next call.
    /// </summary>
    /// <param name="action">A dequeued <see cref="VrrpActionKind.SendAdvertisement"/>.</param>
    /// <param name="destination">One of <see cref="Destinations"/>.</param>
    public ReadOnlySpan<byte> GetAdvertisement(in VrrpAction action, InetAddress destination) => throw new NotImplementedException();

    /// <summary>The next action, in the order in which they must be carried out.</summary>
    public bool TryDequeue(out VrrpAction action) => throw new NotImplementedException();
}
