using System.Collections.Immutable;
using Keepalived.Netlink;

namespace Keepalived.Bfd;

/// <summary>
/// Which neighbours may open a session here without being configured (RFC 9468): they are active, we are passive. Off unless an interface
/// is named. Immutable.
/// </summary>
public sealed record BfdUnsolicitedPolicy
{
    /// <summary>The interfaces on which sessions may be opened. None is the default.</summary>
    public ImmutableHashSet<int> InterfaceIndexes { get; init; } = [];

    /// <summary>Where neighbours may be; empty, the default, for anywhere on those interfaces.</summary>
    public ImmutableArray<InetPrefix> Prefixes { get; init; } = [];

    /// <summary>How many such sessions there may be. 64 unless told.</summary>
    public int MaximumSessions { get; init; } = 64;

    /// <summary>How the sessions behave. The role is passive.</summary>
    public BfdSessionOptions SessionOptions { get; init; } = new() { Role = BfdRole.Passive };

    /// <summary>Checks that the parts agree.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        SessionOptions.Validate();
        if (SessionOptions.Role != BfdRole.Passive)
            throw new ArgumentException("Unsolicited sessions are passive (RFC 9468 §2).", nameof(SessionOptions));
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumSessions, nameof(MaximumSessions));
    }

    /// <summary>
    /// Whether a first packet that belongs to no session may open one: single hop, from an allowed interface and prefix, hop limit as
    /// required.
    /// </summary>
    /// <param name="origin">Where the packet came from.</param>
    /// <param name="sessions">How many unsolicited sessions there are.</param>
    public bool Admits(in BfdPacketOrigin origin, int sessions)
    {
        if (origin.IsMultihop || sessions >= MaximumSessions || !InterfaceIndexes.Contains(origin.InterfaceIndex))
            return false;
        if (origin.HopLimit < (SessionOptions.MinimumHopLimit ?? byte.MaxValue))
            return false;
        if (origin.Source.IsAny || origin.Source.IsMulticast)
            return false;
        if (Prefixes.IsDefaultOrEmpty)
            return true;
        foreach (var prefix in Prefixes)
        {
            if (prefix.Contains(origin.Source))
                return true;
        }

        return false;
    }

    /// <summary>The path of the session that a packet opens.</summary>
    public static BfdPath PathOf(in BfdPacketOrigin origin) => new()
    {
        Remote = origin.Source,
        Local = origin.Destination,
        InterfaceIndex = origin.InterfaceIndex,
    };
}
