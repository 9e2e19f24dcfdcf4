using System.Diagnostics.Metrics;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd;

/// <summary>What concerns all sessions of an endpoint.</summary>
public sealed record BfdEndpointOptions
{
    /// <summary>
    /// The loop that everything runs on. By default (<see langword="null"/>) the endpoint makes one with a thread of its own, and ends it
    /// when it stops. A loop given here must be started by its owner, and keeps running.
    /// </summary>
    public EventLoop? EventLoop { get; init; }

    /// <summary>The network namespace of the endpoint's own loop; <see langword="null"/> for that of the process.</summary>
    public NetworkNamespace? NetworkNamespace { get; init; }

    /// <summary>The real-time priority (SCHED_RR, 1-99) of the endpoint's own loop; <see langword="null"/> for none.</summary>
    public int? RealTimePriority { get; init; }

    /// <summary>Where to log; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Who makes the meter <c>Keepalived.Bfd</c>; <see langword="null"/> for one without a factory.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// Called for every event, on the loop, in order, before any other reader sees it and before the packet leaves that tells the
    /// neighbour. Must return quickly and must not block; what it throws is logged.
    /// </summary>
    public Action<BfdEvent>? Observer { get; init; }

    /// <summary>
    /// Which neighbours may open a session without being configured (RFC 9468); <see langword="null"/>, the default, for none.
    /// </summary>
    public BfdUnsolicitedOptions? Unsolicited { get; init; }

    /// <summary>
    /// How many bytes of packets the kernel keeps for us while the loop does not run (SO_RCVBUF, per socket). 4 MiB unless told: some
    /// seconds of a thousand packets each. Without CAP_NET_ADMIN, no more than net.core.rmem_max.
    /// </summary>
    public int ReceiveBufferSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long stopping waits for neighbours to acknowledge that we are administratively down. Default 2 s; it normally takes one round
    /// trip, and never longer than a session's detection time.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(2);

    internal void Validate()
    {
        if (EventLoop is not null && (NetworkNamespace is not null || RealTimePriority is not null))
            throw new ArgumentException("Namespace and priority belong to the loop that was given.");
        if (RealTimePriority is < 1 or > 99)
            throw new ArgumentException("The real-time priority must be 1 to 99.");
        if (StopTimeout < TimeSpan.Zero || ReceiveBufferSize < 0)
            throw new ArgumentException("Stop timeout and buffer size must not be negative.");
        Unsolicited?.Validate();
    }
}
