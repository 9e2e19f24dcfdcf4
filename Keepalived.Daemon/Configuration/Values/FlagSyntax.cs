using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A keyword whose presence is its value; further words mean nothing.</summary>
internal sealed class FlagSyntax : ValueSyntax<bool>
{
    public override ValueKind Kind => ValueKind.Flag;

    public override string Description => string.Empty;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, bool previous, out bool value) => value = true;
}
