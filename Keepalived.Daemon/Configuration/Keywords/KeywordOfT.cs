using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>A keyword with a value of type <typeparamref name="T"/>.</summary>
internal sealed class Keyword<T>(KeywordBlock block, string name, ValueSyntax<T> syntax, string help) : Keyword(block, name, help)
{
    /// <summary>The value where the configuration has none.</summary>
    public T? Standard { get; init; }

    public ValueSyntax<T> Syntax => syntax;

    /// <summary>The keyword that this one is another word for: it takes the value.</summary>
    public Keyword<T>? Synonym { get; init; }

    public override ValueKind Kind => syntax.Kind;

    public override (decimal Min, decimal Max)? Range => syntax.Range;

    public override IReadOnlyList<string> Choices => syntax.Choices;

    public override string Parameters => syntax.Description;

    protected override void ReadValue(BindContext context, Statement statement, BlockValues values)
    {
        var target = Synonym ?? this;
        if (syntax.TryRead(new ValueReader(context, this, statement, values), values.Get(target), out var value))
            values.Set(target, value, statement.Location);
    }
}
