using System.Buffers;
using System.Globalization;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// Seconds (or, in BFD, milliseconds) with decimals, held as a duration. More decimals than allowed are an error and rounded. A lenient one is
/// taken from the digits at its start outside a configuration test, with an error.
/// </summary>
internal sealed class DecimalSyntax(long min, long max, int places = 6, string unit = "s", bool lenient = false) : ValueSyntax<TimeSpan>
{
    /// <summary>The most seconds that fit the original's unsigned microseconds.</summary>
    public const long MaxSeconds = 4_294_967_295;

    /// <summary>The longest time of a check in microseconds; the original's is longer than its machine lives.</summary>
    public const long LongestCheck = 1_000_000_000_000_000;

    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");

    private readonly long _scale = Pow10(places);

    public override ValueKind Kind => ValueKind.Decimal;

    public override (decimal Min, decimal Max)? Range => ((decimal)min / _scale, (decimal)max / _scale);

    public override string Description => $"{Show(min)}..{Show(max)}";

    public override string? Unit => unit;

    public override string? Format(TimeSpan value) =>
        ((decimal)value.Ticks / (unit == "s" ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond))
            .ToString("0.######", CultureInfo.InvariantCulture);

    public override bool TryRead(ValueReader reader, TimeSpan previous, out TimeSpan value) => TryRead(reader, 1, out value);

    public bool TryRead(ValueReader reader, int word, out TimeSpan value)
    {
        value = default;
        var text = reader[word].Trim(" \t");
        if (text.StartsWith('-'))
        {
            reader.InvalidNumber(word, $"'{reader.Text(word)}' is negative", Expected());
            return false;
        }

        if (!TryParse(text, out var number, out var rounded))
        {
            if (!lenient || reader.Context.TestMode || !TryParse(NumberAtStart(text), out number, out rounded))
            {
                reader.InvalidNumber(word, $"'{reader.Text(word)}' is not a number", Expected());
                return false;
            }

            reader.Adjusted(word, $"'{reader.Text(word)}' is not a number; {Show(number)} is used");
        }

        if (rounded)
            reader.Adjusted(word, $"'{reader.Text(word)}' has more than {places} decimals; {Show(number)} is used");
        if (number < min || number > max)
        {
            reader.InvalidNumber(word, $"{reader.Text(word)} is out of range", Expected());
            return false;
        }

        value = TimeSpan.FromTicks(number * ((unit == "s" ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond) / _scale));
        return true;

        string Expected() => $"a number from {Show(min)} to {Show(max)}{(unit == "s" ? " seconds" : " milliseconds")} with at most {places} decimals";
    }

    private static ReadOnlySpan<char> NumberAtStart(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Number) is >= 0 and var end ? text[..end] : text;

    private bool TryParse(ReadOnlySpan<char> text, out long number, out bool rounded)
    {
        (number, rounded) = (0, false);
        if (text.StartsWith('+'))
            text = text[1..];
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9') || whole.Length > 12
            || (point >= 0 && text.Length == 1))
            return false;
        foreach (var c in whole)
            number = (number * 10) + (c - '0');
        for (var i = 0; i < places; i++)
            number = (number * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        if (fraction.Length > places)
        {
            rounded = true;
            number += fraction[places] >= '5' ? 1 : 0;
        }

        return true;
    }

    private string Show(long number) => ((decimal)number / _scale).ToString("0.######", CultureInfo.InvariantCulture);

    private static long Pow10(int exponent) => exponent == 0 ? 1 : 10 * Pow10(exponent - 1);
}
