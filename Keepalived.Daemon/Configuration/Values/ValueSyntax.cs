using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>How a value is written, checked and described.</summary>
internal abstract class ValueSyntax<T>
{
    /// <summary>What may follow the keyword, as the documentation shows it.</summary>
    public abstract string Description { get; }

    public virtual string? Unit => null;

    /// <summary>What kind of value it is.</summary>
    public virtual ValueKind Kind => Block is null ? ValueKind.Words : Block.IsList ? ValueKind.List : ValueKind.Block;

    /// <summary>The least and the greatest number, in the unit, where there are any.</summary>
    public virtual (decimal Min, decimal Max)? Range => null;

    /// <summary>The words that may be said, where there are few.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>The block that the keyword opens; null for a line.</summary>
    public virtual KeywordBlock? Block => null;

    public virtual WithoutParameter WithoutParameter => WithoutParameter.Fatal;

    /// <summary>Whether it reads the line itself, so that a quote that is not closed does not hide its parameter.</summary>
    public virtual bool ReadsRawText => false;

    /// <summary>The default in words; null to say nothing.</summary>
    public virtual string? Format(T? value) => null;

    /// <summary>Reads the value of a statement; false, reported, if it is to be ignored.</summary>
    /// <param name="reader">The statement with its surroundings.</param>
    /// <param name="previous">The value so far: the default, or that of an earlier line.</param>
    /// <param name="value">The value.</param>
    public abstract bool TryRead(ValueReader reader, T? previous, out T value);
}
