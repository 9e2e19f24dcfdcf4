using System.Collections.Immutable;

namespace Keepalived.Vrrp;

/// <summary>
/// Addresses, routes and rules that stand as long as an engine runs, whatever the state of its routers: see
/// <see cref="VrrpEngine.SetStaticNetworkAsync"/>.
/// </summary>
public sealed record StaticNetwork
{
    /// <summary>Nothing.</summary>
    public static StaticNetwork Empty { get; } = new();

    /// <summary>The addresses; each names its device.</summary>
    public ImmutableArray<VirtualAddress> Addresses { get; init; } = [];

    /// <summary>The routes.</summary>
    public ImmutableArray<VirtualRoute> Routes { get; init; } = [];

    /// <summary>The rules.</summary>
    public ImmutableArray<VirtualRule> Rules { get; init; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Addresses.IsDefaultOrEmpty && Routes.IsDefaultOrEmpty && Rules.IsDefaultOrEmpty;

    /// <summary>Checks everything that can be checked without asking the kernel.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says all of it.</exception>
    public void Validate()
    {
        var errors = Addresses.AsSpan().ToArray().Select(FindError)
            .Concat(Routes.AsSpan().ToArray().Select(route => route.FindError()))
            .Concat(Rules.AsSpan().ToArray().Select(rule => rule.FindError())).OfType<string>().ToList();
        if (errors.Count > 0)
            throw new ArgumentException($"Static network: {string.Join(" ", errors)}");
    }

    private static string? FindError(VirtualAddress address) =>
        address.Device is null ? $"The static address {address.Address} needs a device." : address.FindError();
}
