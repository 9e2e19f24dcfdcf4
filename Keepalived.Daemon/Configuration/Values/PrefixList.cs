using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A list of address prefixes, any number a line; an address alone stands for itself.</summary>
internal sealed class PrefixList(string name) : ListSyntax<InetPrefix>(name)
{
    public override string Description => "{ ADDRESS[/LENGTH] ... }";

    protected override void ReadEntry(ValueReader entry, List<InetPrefix> list)
    {
        for (var i = 0; i < entry.Count; i++)
        {
            if (InetPrefix.TryParse(entry[i], out var prefix))
                list.Add(prefix);
            else if (InetAddress.TryParse(entry[i], out var address))
                list.Add(InetPrefix.Host(address));
            else
                entry.Invalid(i, $"'{entry.Text(i)}' is no prefix", "such as 192.0.2.0/24 or 2001:db8::/32");
        }
    }
}
