namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A quorum; an invalid one is reported and means 1.</summary>
internal sealed class QuorumSyntax : ValueSyntax<uint>
{
    private static readonly NumberSyntax<uint> Number = new(1, uint.MaxValue, lenient: true);

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
