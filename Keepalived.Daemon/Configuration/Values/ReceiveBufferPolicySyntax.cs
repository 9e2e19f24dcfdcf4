using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>MTU</c>, <c>ADVERT</c> or a number of bytes.</summary>
internal sealed class ReceiveBufferPolicySyntax : ValueSyntax<(ReceiveBufferPolicy Policy, uint Size)>
{
    public override string Description => "MTU|ADVERT|BYTES";

    public override bool TryRead(
        ValueReader reader, (ReceiveBufferPolicy Policy, uint Size) previous, out (ReceiveBufferPolicy Policy, uint Size) value)
    {
        value = default;
        for (var word = 1; word < reader.Count; word++)
        {
            if (reader[word].Equals("MTU", StringComparison.OrdinalIgnoreCase))
                value.Policy |= ReceiveBufferPolicy.Mtu;
            else if (reader[word].Equals("ADVERT", StringComparison.OrdinalIgnoreCase))
                value.Policy |= ReceiveBufferPolicy.Advert;
            else if (!Syntaxes.StrictCount.TryRead(reader, word, out value.Size))
                return false;
            else
                value.Policy |= ReceiveBufferPolicy.Size;
        }

        if (value.Policy.HasFlag(ReceiveBufferPolicy.Size) && value.Policy != ReceiveBufferPolicy.Size)
        {
            reader.Invalid(1, "a size and a policy exclude each other; the size is used");
            value.Policy = ReceiveBufferPolicy.Size;
        }
        else if (value.Policy == (ReceiveBufferPolicy.Mtu | ReceiveBufferPolicy.Advert))
        {
            reader.Invalid(1, "MTU and ADVERT exclude each other; MTU is used");
            value.Policy = ReceiveBufferPolicy.Mtu;
        }

        return true;
    }
}
