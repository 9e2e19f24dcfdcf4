using Keepalived.Netlink;

namespace Keepalived.Bfd;

/// <summary>How a control packet came in: what the receiving socket knows about it.</summary>
public readonly record struct BfdPacketOrigin
{
    /// <summary>The address it came from.</summary>
    public InetAddress Source { get; init; }

    /// <summary>The address it was sent to; <see cref="InetAddress.None"/> if unknown.</summary>
    public InetAddress Destination { get; init; }

    /// <summary>The interface it arrived on; 0 if unknown.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Its TTL or hop limit; -1 if unknown, which no session accepts that checks it.</summary>
    public int HopLimit { get; init; }

    /// <summary>Whether it came to the multihop port.</summary>
    public bool IsMultihop { get; init; }
}
