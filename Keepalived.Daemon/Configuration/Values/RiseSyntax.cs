namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A number of results in a row; an invalid one means 1.</summary>
internal sealed class RiseSyntax : ValueSyntax<uint>
{
    private static readonly NumberSyntax<uint> Number = new(1, int.MaxValue, lenient: true);

    public override ValueKind Kind => ValueKind.Integer;

    public override (decimal Min, decimal Max)? Range => Number.Range;

    public override string Description => Number.Description;

    public override bool TryRead(ValueReader reader, uint previous, out uint value)
    {
        if (!Number.TryRead(reader, 1, out value))
            value = 1;
        return true;
    }
}
