using System.Collections.Immutable;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Bfd;

/// <summary>
/// Which neighbours may open a session with an endpoint without being configured (RFC 9468): they are active, we are passive, over a
/// single hop. Such a session ends when its neighbour falls silent. Immutable.
/// </summary>
public sealed record BfdUnsolicitedOptions
{
    /// <summary>The names of the interfaces on which sessions may be opened; they need not exist yet.</summary>
    public required ImmutableArray<string> Interfaces { get; init; }

    /// <summary>Where neighbours may be; empty, the default, for anywhere on those interfaces.</summary>
    public ImmutableArray<InetPrefix> Prefixes { get; init; } = [];

    /// <summary>How many such sessions there may be. 64 unless told.</summary>
    public int MaximumSessions { get; init; } = 64;

    /// <summary>How the sessions behave. The role is passive.</summary>
    public BfdSessionOptions Session { get; init; } = new() { Role = BfdRole.Passive };

    /// <summary>Checks that the parts agree.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (Interfaces.IsDefaultOrEmpty)
            throw new ArgumentException("Unsolicited sessions are opened on named interfaces only (RFC 9468 §2).", nameof(Interfaces));
        if (Interfaces.Select(InterfaceName.Check).FirstOrDefault(static error => error is not null) is { } wrong)
            throw new ArgumentException(wrong, nameof(Interfaces));
        ToPolicy([]).Validate();
    }

    /// <summary>The rule for the interfaces that exist.</summary>
    internal BfdUnsolicitedPolicy ToPolicy(ImmutableHashSet<int> interfaceIndexes) => new()
    {
        InterfaceIndexes = interfaceIndexes,
        Prefixes = Prefixes,
        MaximumSessions = MaximumSessions,
        SessionOptions = Session,
    };
}
