using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>As <see cref="BoolSyntax"/>, where "not said" is a third answer.</summary>
internal sealed class OptionalBoolSyntax : ValueSyntax<bool?>
{
    private static readonly BoolSyntax Inner = new();

    public override ValueKind Kind => ValueKind.Boolean;

    public override IReadOnlyList<string> Choices => Inner.Choices;

    public override string Description => Inner.Description;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, bool? previous, out bool? value)
    {
        var read = Inner.TryRead(reader, false, out var boolean);
        value = boolean;
        return read;
    }
}
