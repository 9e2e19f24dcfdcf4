using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>on|true|yes</c> or <c>off|false|no</c>; nothing means on.</summary>
internal sealed class BoolSyntax : ValueSyntax<bool>
{
    private static readonly string[] Words = ["on", "true", "yes", "off", "false", "no"];

    public override ValueKind Kind => ValueKind.Boolean;

    public override IReadOnlyList<string> Choices => Words;

    public override string Description => "[on|off]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override string? Format(bool value) => value ? "on" : "off";

    public override bool TryRead(ValueReader reader, bool previous, out bool value)
    {
        value = true;
        if (reader.Count == 1)
            return true;
        switch (reader[1])
        {
            case "on" or "true" or "yes":
                return true;
            case "off" or "false" or "no":
                value = false;
                return true;
            default:
                reader.Unknown(1, Words);
                return false;
        }
    }
}
