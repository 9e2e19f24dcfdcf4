using System.Collections.Immutable;

namespace Keepalived.Vrrp;

/// <summary>
/// Authentication by a keyed hash behind each advert (keepalived's auth_hmac, since 2.4.2): for both versions, both families, multicast
/// and unicast. All routers of a group share the keys. Immutable; compared by content.
/// </summary>
public sealed record VrrpHmacOptions
{
    private const int MinWindow = 1;
    private const int MaxWindow = 300;
    private const int MinDefaultWindow = 5;

    /// <summary>The keys that adverts may be signed with; several while one replaces the other.</summary>
    public required ImmutableArray<VrrpHmacKey> Keys { get; init; }

    /// <summary>The number of the key that we sign with.</summary>
    public required byte ActiveKeyId { get; init; }

    /// <summary>What happens to unsigned adverts, and whether ours are signed.</summary>
    public VrrpHmacMode Mode { get; init; }

    /// <summary>How repeated adverts are recognised.</summary>
    public VrrpReplayProtection ReplayProtection { get; init; }

    /// <summary>
    /// How far the clocks of two routers may differ, 1 to 300 whole seconds; null for three times the whole seconds of the advertisement
    /// interval, at least 5 s and at most 300 s. Means nothing with <see cref="VrrpReplayProtection.Monotonic"/>.
    /// </summary>
    public TimeSpan? TimeWindow { get; init; }

    /// <summary>Whether adverts are signed.</summary>
    public bool Signs => Mode != VrrpHmacMode.ReceiveOnly;

    /// <summary>The key that we sign with.</summary>
    internal VrrpHmacKey ActiveKey => FindKey(ActiveKeyId) ?? throw new InvalidOperationException("There is no active key.");

    /// <summary>Everything that is wrong, each a sentence; empty if nothing is.</summary>
    public IReadOnlyList<string> FindErrors()
    {
        var errors = new List<string>();
        if (Keys.IsDefaultOrEmpty)
            errors.Add($"{nameof(Keys)} must have at least one key.");
        else if (Keys.Select(static key => key.Id).Distinct().Count() != Keys.Length)
            errors.Add($"{nameof(Keys)} has a number twice.");
        else if (FindKey(ActiveKeyId) is null)
            errors.Add($"{nameof(ActiveKeyId)} {ActiveKeyId} is none of the keys.");
        if (TimeWindow is { } window && (window.Ticks % TimeSpan.TicksPerSecond != 0 || window.TotalSeconds is < MinWindow or > MaxWindow))
            errors.Add($"{nameof(TimeWindow)} must be {MinWindow} to {MaxWindow} whole seconds.");
        if (!Enum.IsDefined(Mode) || !Enum.IsDefined(ReplayProtection))
            errors.Add($"{nameof(Mode)} and {nameof(ReplayProtection)} must be known ones.");
        return errors;
    }

    /// <summary>Compares all members, the keys by their content and order.</summary>
    public bool Equals(VrrpHmacOptions? other) => other is not null && (ReferenceEquals(this, other) || (
        Keys.AsSpan().SequenceEqual(other.Keys.AsSpan())
        && (ActiveKeyId, Mode, ReplayProtection, TimeWindow) == (other.ActiveKeyId, other.Mode, other.ReplayProtection, other.TimeWindow)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ActiveKeyId, Mode, ReplayProtection, TimeWindow);

    internal VrrpHmacKey? FindKey(byte id)
    {
        foreach (var key in Keys.AsSpan())
        {
            if (key.Id == id)
                return key;
        }

        return null;
    }

    /// <summary>The window in whole seconds.</summary>
    internal int WindowSeconds(TimeSpan advertisementInterval) => TimeWindow is { } window
        ? (int)window.TotalSeconds
        : Math.Clamp(3 * (int)advertisementInterval.TotalSeconds, MinDefaultWindow, MaxWindow);
}
