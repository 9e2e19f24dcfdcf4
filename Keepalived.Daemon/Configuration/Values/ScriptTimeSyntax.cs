namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A script's interval or timeout: seconds with up to three decimals; 0 is reported and means 1.</summary>
internal sealed class ScriptTimeSyntax : ValueSyntax<TimeSpan>
{
    private static readonly DecimalSyntax Number = new(0, 4_294_967, places: 3);

    public override string Description => "0.001..4294";

    public override string Unit => "s";

    public override string? Format(TimeSpan value) => value == default ? null : Number.Format(value);

    public override bool TryRead(ValueReader reader, TimeSpan previous, out TimeSpan value)
    {
        if (!Number.TryRead(reader, 1, out value))
            return false;
        if (value > TimeSpan.Zero)
            return true;
        value = TimeSpan.FromSeconds(1);
        reader.InvalidNumber(1, "0 is out of range; 1 is used", "a number from 0.001 to 4294");
        return true;
    }
}
