using System.Collections.Immutable;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>What concerns the interfaces of all virtual routers of an engine. Immutable.</summary>
public sealed record VrrpInterfaceOptions
{
    /// <summary>The defaults.</summary>
    public static VrrpInterfaceOptions Default { get; } = new();

    /// <summary>How the names of virtual MAC and ipvlan interfaces begin (vmac_prefix). Cut where a name would be too long.</summary>
    public string VirtualMacPrefix { get; init; } = "vrrp";

    /// <summary>
    /// The same for those that only carry addresses (vmac_addr_prefix); <see langword="null"/> for <see cref="VirtualMacPrefix"/>.
    /// </summary>
    public string? VirtualMacAddressPrefix { get; init; }

    /// <summary>Interfaces whose changes count later. Of two for one interface the last counts.</summary>
    public ImmutableArray<InterfaceDelay> Delays { get; init; } = [];

    /// <summary>Interfaces whose link is asked for.</summary>
    public ImmutableArray<LinkPolling> Polled { get; init; } = [];

    /// <summary>Whether all interfaces of adverts are polled, by the first method that works (linkbeat_use_polling).</summary>
    public bool PollAll { get; init; }

    /// <summary>Interfaces that share a pace of announcements.</summary>
    public ImmutableArray<AnnouncementGroup> AnnouncementGroups { get; init; } = [];

    /// <summary>Compares all members, lists by their elements.</summary>
    public bool Equals(VrrpInterfaceOptions? other) => other is not null
        && (VirtualMacPrefix, VirtualMacAddressPrefix, PollAll) == (other.VirtualMacPrefix, other.VirtualMacAddressPrefix, other.PollAll)
        && AnnouncementGroups.AsSpan().SequenceEqual(other.AnnouncementGroups.AsSpan())
        && Delays.AsSpan().SequenceEqual(other.Delays.AsSpan()) && Polled.AsSpan().SequenceEqual(other.Polled.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(VirtualMacPrefix, VirtualMacAddressPrefix, PollAll, Delays.Length, Polled.Length);

    /// <summary>Checks everything that can be checked without asking the kernel.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says what.</exception>
    public void Validate()
    {
        foreach (var prefix in (string?[])[VirtualMacPrefix, VirtualMacAddressPrefix])
        {
            if (prefix is not null && (prefix.Length == 0 || prefix.Any(static letter => InterfaceName.Check($"x{letter}") is not null)))
                throw new ArgumentException($"'{prefix}' cannot begin the name of an interface.");
        }

        foreach (var name in Delays.AsSpan().ToArray().Select(static delay => delay.Interface)
            .Concat(Polled.AsSpan().ToArray().Select(static polled => polled.Interface))
            .Concat(AnnouncementGroups.AsSpan().ToArray().SelectMany(static group => group.Interfaces.AsSpan().ToArray())))
        {
            if ((name is null ? "An interface needs a name." : InterfaceName.Check(name)) is { } error)
                throw new ArgumentException(error);
        }

        foreach (var delay in Delays.AsSpan())
        {
            if (delay.Down < TimeSpan.Zero || delay.Up < TimeSpan.Zero || delay.Down > InterfaceDelay.Longest || delay.Up > InterfaceDelay.Longest)
                throw new ArgumentException($"The delays of {delay.Interface} must be 0 to {InterfaceDelay.Longest.TotalSeconds} s.");
        }

        var paced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in AnnouncementGroups.AsSpan())
        {
            if (group.ArpInterval < TimeSpan.Zero || group.NeighborAdvertisementInterval < TimeSpan.Zero)
                throw new ArgumentException("The intervals of an announcement group must not be negative.");
            foreach (var name in group.Interfaces.AsSpan())
            {
                if (!paced.Add(name))
                    throw new ArgumentException($"{name} is in two announcement groups.");
            }
        }
    }
}
