namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A number that stays as it was first given: another one is reported and ignored.</summary>
internal sealed class OnceSetSyntax(int min, int max) : ValueSyntax<int>
{
    private readonly NumberSyntax<int> _number = new(min, max, lenient: true);

    public override string Description => _number.Description;

    public override bool TryRead(ValueReader reader, int previous, out int value)
    {
        if (!_number.TryRead(reader, 1, out value) || previous == 0 || previous == value)
            return value != 0;
        reader.Invalid(1, $"{value} contradicts the {previous} given before; it is ignored");
        return false;
    }
}
