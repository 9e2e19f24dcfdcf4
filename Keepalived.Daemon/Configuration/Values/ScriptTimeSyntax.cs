namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A script's interval or timeout: seconds with up to three decimals; 0 is reported and means 1.</summary>
internal sealed class ScriptTimeSyntax : ValueSyntax<TimeSpan>
{
    private const int MaxSeconds = 4294;
    private static readonly DecimalSyntax Number = new(0, 4_294_967, places: 3);

    public override string Description => "0.001..4294";

    public override string Unit => "s";

    public override string? Format(TimeSpan value) => value == default ? null : Number.Format(value);

    public override bool TryRead(ValueReader reader, TimeSpan previous, out TimeSpan value)
    {
        // Whole seconds once, and so lenient as other whole numbers: outside a test, what is behind the digits does not count.
        var seconds = Integers.Parse(reader[1].TrimStart(" \t"), out var digits, out _);
        if (!reader.Context.TestMode && digits > 0 && seconds is > 0 and <= MaxSeconds && !IsDecimal(reader[1]))
        {
            value = TimeSpan.FromSeconds((long)seconds);
            reader.Adjusted(1, $"'{reader.Text(1)}' is not a number; {seconds} is used");
            return true;
        }

        if (!Number.TryRead(reader, 1, out value))
            return false;
        if (value > TimeSpan.Zero)
            return true;
        value = TimeSpan.FromSeconds(1);
        reader.InvalidNumber(1, "0 is out of range; 1 is used", "a number from 0.001 to 4294");
        return true;
    }

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        foreach (var c in text.Trim(" \t").TrimStart('+'))
        {
            if (!char.IsAsciiDigit(c) && c != '.')
                return false;
        }

        return true;
    }
}
