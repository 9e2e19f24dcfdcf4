using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Where a check connects to: of the family of its source address, if that was given before.</summary>
internal sealed class DestinationAddressSyntax : ValueSyntax<InetAddress>
{
    private static readonly AddressSyntax Any = new();

    public override ValueKind Kind => ValueKind.Address;

    public override string Description => Any.Description;

    public override string? Format(InetAddress value) => Any.Format(value);

    public override bool TryRead(ValueReader reader, InetAddress previous, out InetAddress value)
    {
        if (!Any.TryRead(reader, previous, out value))
            return false;
        if (reader.Values.Block.Find("bindto") is not Keyword<InetAddress> source || !reader.Values.Has(source)
            || reader.Values.Get(source).Family == value.Family)
            return true;
        reader.Invalid(1, $"{value} is of another family than bindto; it is ignored");
        return false;
    }
}
