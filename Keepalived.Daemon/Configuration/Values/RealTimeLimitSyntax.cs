namespace Keepalived.Daemon.Configuration.Values;

/// <summary>RLIMIT_RTTIME in microseconds. 1 becomes 2, as the soft limit is half of it; an invalid number means no limit.</summary>
internal sealed class RealTimeLimitSyntax : ValueSyntax<uint>
{
    private static readonly NumberSyntax<uint> Number = new(1, uint.MaxValue, lenient: true);

    public override string Description => "1..4294967295";

    public override string Unit => "µs";

    public override string? Format(uint value) => value == 0 ? null : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override bool TryRead(ValueReader reader, uint previous, out uint value)
    {
        value = Number.TryRead(reader, 1, out var number) ? Math.Max(number, 2) : 0;
        return true;
    }
}
