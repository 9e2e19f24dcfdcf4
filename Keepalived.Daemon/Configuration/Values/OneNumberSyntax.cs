namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A number with nothing after it.</summary>
internal sealed class OneNumberSyntax(uint min, uint max) : ValueSyntax<uint>
{
    private readonly NumberSyntax<uint> _number = new(min, max);

    public override ValueKind Kind => ValueKind.Integer;

    public override (decimal Min, decimal Max)? Range => _number.Range;

    public override string Description => _number.Description;

    public override string? Format(uint value) => _number.Format(value);

    public override bool TryRead(ValueReader reader, uint previous, out uint value)
    {
        if (!_number.TryRead(reader, 1, out value))
            return false;
        if (reader.Count == 2)
            return true;
        reader.Invalid(2, "one parameter only");
        return false;
    }
}
