using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A SCHED_RR priority; one out of range is reported and clamped.</summary>
internal sealed class RealTimePrioritySyntax : ValueSyntax<int>
{
    private const int Min = 1;
    private const int Max = 99;

    private static readonly NumberSyntax<int> Any = new(int.MinValue, int.MaxValue, lenient: true);

    public override string Description => "1..99";

    public override bool TryRead(ValueReader reader, int previous, out int value)
    {
        if (!Any.TryRead(reader, 1, out value))
            return false;
        if (value is >= Min and <= Max)
            return true;
        var clamped = Math.Clamp(value, Min, Max);
        reader.InvalidNumber(1, $"{value} is out of range; {clamped} is used", "a number from 1 to 99");
        value = clamped;
        return true;
    }
}
