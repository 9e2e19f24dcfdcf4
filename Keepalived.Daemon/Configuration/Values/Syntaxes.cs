using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The syntaxes that many keywords share.</summary>
internal static class Syntaxes
{
    /// <summary>The longest interface name (IFNAMSIZ - 1).</summary>
    public const int MaxInterfaceName = 15;

    public static FlagSyntax Flag { get; } = new();

    public static BoolSyntax Bool { get; } = new();

    public static OptionalBoolSyntax OptionalBool { get; } = new();

    public static ScriptSyntax Script { get; } = new();

    public static WordSyntax InterfaceName { get; } = new("INTERFACE", MaxInterfaceName);

    public static WordSyntax PathName { get; } = new("PATH", onlyOne: true, notEmpty: true);

    /// <summary>Seconds up to 4294, whole.</summary>
    public static NumberSyntax<uint> Delay { get; } = new(0, 4294, lenient: true, unit: "s");

    public static NumberSyntax<uint> Count { get; } = new(0, uint.MaxValue, lenient: true);

    public static NumberSyntax<uint> StrictCount { get; } = new(0, uint.MaxValue);

    public static WordSyntax Word(string description) => new(description);

    public static NumberSyntax<int> Int(int min, int max, bool lenient = true, string? unit = null) => new(min, max, lenient, unit: unit);

    /// <summary>A number of at least one: 0 is reported and replaced by 1.</summary>
    public static CustomSyntax<uint> AtLeastOne(uint max = uint.MaxValue) =>
        new($"1..{max}", (ValueReader reader, uint _, out uint value) =>
    {
        if (!new NumberSyntax<uint>(0, max, lenient: true).TryRead(reader, 1, out value))
            return false;
        if (value > 0)
            return true;
        value = 1;
        reader.InvalidNumber(1, "0 is out of range; 1 is used", $"a number from 1 to {max}");
        return true;
    });

    /// <summary>The period on extra interfaces: <c>[all] SECONDS</c>.</summary>
    public static CustomSyntax<(TimeSpan Interval, bool All)> ExtraInterval(uint min) =>
        new($"[all] {min}..86400", (ValueReader reader, (TimeSpan, bool) _, out (TimeSpan, bool) value) =>
    {
        value = default;
        var all = reader[1] is "all";
        if (all && reader.Count < 3)
        {
            reader.InvalidNumber(2, "the interval is missing", $"a number from {min} to 86400");
            return false;
        }

        if (!new NumberSyntax<uint>(min, 86400, lenient: true).TryRead(reader, all ? 2 : 1, out var seconds))
            return false;
        value = (TimeSpan.FromSeconds(seconds), all);
        return true;
    }, unit: "s");

    /// <summary>A duration of so many seconds.</summary>
    public static TimeSpan Seconds(uint seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>The list as an immutable one; empty for none.</summary>
    public static EquatableArray<T> Freeze<T>(this List<T>? list) => list is null or [] ? default : EquatableArray.From(list);
}
