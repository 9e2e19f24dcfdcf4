using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>
/// Where a record stands in the configuration files. All positions are equal: records are compared by what they say, so that a reload finds
/// what has changed and not what has moved.
/// </summary>
/// <param name="location">The place; that of the block's keyword, or of the entry of a list.</param>
public readonly struct Position(SourceLocation location) : IEquatable<Position>
{
    /// <summary>The place; <see cref="SourceLocation.None"/> in a record that no file said.</summary>
    public SourceLocation Location => location.File is null ? SourceLocation.None : location;

    /// <summary>True: see the type.</summary>
    public bool Equals(Position other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Position;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>FILE:LINE:COLUMN.</summary>
    public override string ToString() => Location.ToString();

    /// <summary>True: see the type.</summary>
    public static bool operator ==(Position left, Position right) => left.Equals(right);

    /// <summary>False: see the type.</summary>
    public static bool operator !=(Position left, Position right) => !left.Equals(right);

    /// <summary>The position of a record that stands at <paramref name="location"/>.</summary>
    public static implicit operator Position(SourceLocation location) => new(location);
}
