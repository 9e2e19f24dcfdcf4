using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The source address of a check, of the same family as what it connects to.</summary>
internal sealed class SourceAddressSyntax : ValueSyntax<InetAddress>
{
    private static readonly AddressSyntax Inner = new();

    public override ValueKind Kind => ValueKind.Address;

    public override string Description => Inner.Description;

    public override bool TryRead(ValueReader reader, InetAddress previous, out InetAddress value)
    {
        if (!Inner.TryRead(reader, previous, out value))
            return false;
        var target = reader.Values.Block.Find("connect_ip") is Keyword<InetAddress> keyword && reader.Values.Has(keyword)
            ? reader.Values.Get(keyword) : reader.Context.CurrentServer?.Address ?? default;
        if (target.IsNone || target.Family == value.Family)
            return true;
        reader.Invalid(1, $"{value} is of another family than {target}, which is checked; it is ignored");
        return false;
    }
}
