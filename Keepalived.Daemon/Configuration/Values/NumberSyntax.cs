using System.Globalization;
using System.Numerics;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// A whole number in decimal. A lenient one is taken from the digits at its start outside a configuration test, with a warning, as the
/// original does.
/// </summary>
internal sealed class NumberSyntax<T>(T min, T max, bool lenient = false, int word = 1, string? unit = null, string? name = null)
    : ValueSyntax<T>
    where T : struct, INumber<T>
{
    public override ValueKind Kind => ValueKind.Integer;

    public override (decimal Min, decimal Max)? Range => (decimal.CreateChecked(min), decimal.CreateChecked(max));

    public override string Description => name ?? $"{min}..{max}";

    public override string? Unit => unit;

    public T Min => min;

    public T Max => max;

    public override string? Format(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    public override bool TryRead(ValueReader reader, T previous, out T value) => TryRead(reader, word, out value);

    public bool TryRead(ValueReader reader, int at, out T value)
    {
        value = default;
        var isUnsigned = T.Sign(min) >= 0;
        var text = reader[at].TrimStart(" \t");
        if (isUnsigned && text.StartsWith('-'))
        {
            reader.InvalidNumber(at, $"'{reader.Text(at)}' is negative", Expected());
            return false;
        }

        var parsed = Integers.Parse(text, out var used, out var overflow);
        if (used != text.Length)
        {
            if (!lenient || reader.Context.TestMode)
            {
                reader.InvalidNumber(at, $"'{reader.Text(at)}' is not a number", Expected());
                return false;
            }

            reader.Adjusted(at, $"'{reader.Text(at)}' is not a number; {parsed} is used");
        }

        if (overflow || parsed < Int128.CreateChecked(min) || parsed > Int128.CreateChecked(max))
        {
            reader.InvalidNumber(at, $"{reader.Text(at)} is out of range", Expected());
            return false;
        }

        value = T.CreateChecked(parsed);
        return true;

        string Expected() => $"a number from {min} to {max}";
    }
}
