using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>accept</c> and <c>no_accept</c>: the last of both wins.</summary>
internal sealed class AcceptSyntax(bool accept) : ValueSyntax<bool>
{
    public override ValueKind Kind => ValueKind.Flag;

    public override string Description => string.Empty;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, bool previous, out bool value)
    {
        value = true;
        reader.Values.Clear(accept ? VrrpInstanceKeywords.NoAccept : VrrpInstanceKeywords.Accept);
        return true;
    }
}
