using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Addresses with options, in the words of <c>ip address</c>.</summary>
internal sealed class VirtualAddressList(string name, bool isStatic = false)
    : DistinctListSyntax<VirtualAddressConfiguration, (InetAddress, string?)>(name, static entry => (entry.Address.Address, entry.Interface))
{
    private const int MaxLabel = 15;
    private const string StandardInterface = "eth0";

    private static readonly string[] Options =
    [
        "dev", "scope", "broadcast", "brd", "label", "peer", "home", "mngtmpaddr", "noprefixroute", "autojoin", "-nodad", "preferred_lft",
            "no_track",
        "track_group", "use_vmac",
    ];

    public override string Description =>
        "{ IP[/LENGTH] [dev INTERFACE] [scope SCOPE] [brd IP|+|-] [label LABEL] [peer IP] [home] [mngtmpaddr] "
        + "[noprefixroute] [autojoin] [-nodad] [preferred_lft SECONDS|forever] [no_track]"
        + (isStatic ? " [track_group NAME]" : " [use_vmac]") + " ... }";

    protected override void ReadEntry(ValueReader entry, DistinctList<VirtualAddressConfiguration, (InetAddress, string?)> list)
    {
        if (!TryReadAddress(entry, out var prefix))
            return;
        var address = new VirtualAddressConfiguration
        {
            Address = prefix,
            Position = entry.Statement.Location,
            PreferredLifetime = prefix is { Address.IsIPv6: true, Length: 128 } ? 0 : VirtualAddressConfiguration.Forever
        };
        string? broadcast = null;
        var broadcastWord = 0;
        for (var word = 1; word < entry.Count; word++)
        {
            var option = entry.Text(word);
            if (option is "dev" or "scope" or "broadcast" or "brd" or "label" or "peer" or "preferred_lft" or "track_group")
            {
                if (++word == entry.Count)
                {
                    entry.Invalid(word - 1, $"a value must follow {option}; the address is left out");
                    return;
                }

                if (option is "broadcast" or "brd")
                    (broadcast, broadcastWord) = (entry.Text(word), word);
                else if (!TryReadOption(entry, option, word, ref address))
                    return;
                continue;
            }

            switch (option)
            {
                case "home":
                    address = address with { Home = true };
                    break;
                case "mngtmpaddr":
                    address = address with { ManageTemporaryAddress = true };
                    break;
                case "noprefixroute":
                    address = address with { NoPrefixRoute = true };
                    break;
                case "autojoin":
                    address = address with { AutoJoin = true };
                    break;
                case "-nodad":
                    address = address with { DuplicateAddressDetection = true };
                    break;
                case "no_track":
                    address = address with { NoTrack = true };
                    break;
                case "use_vmac" when !isStatic:
                    address = address with { UseVmac = true };
                    break;
                default:
                    entry.Unknown(word, Options);
                    break;
            }
        }

        // Those of routers count until it is known that there are any: see VrrpInstanceCompletion.
        if (isStatic && address.WhyImpossible is { } reason)
        {
            entry.Remark(0, DiagnosticCodes.InvalidValue, $"{reason}; it is left out");
            return;
        }

        if (isStatic && address.Interface is null)
            RequireDefaultInterface(entry);
        if (broadcast is not null && !TrySetBroadcast(entry, broadcast, broadcastWord, ref address))
            return;
        if (!list.TryAdd(address))
            entry.Remark(0, DiagnosticCodes.Duplicate, $"{address.Address.Address} is listed twice; it counts once");
    }

    private static void RequireDefaultInterface(ValueReader entry)
    {
        var name = entry.Context.Global.Get(GlobalKeywords.DefaultInterface) ?? StandardInterface;
        if (entry.Context.AllowsAbsentInterfaces || entry.Context.FindInterface(name, out var isChecked) is not null || !isChecked)
            return;
        entry.Context.InterfaceMissing = true;
        entry.Context.Fatal(entry.Statement.Location, DiagnosticCodes.BadInterface,
            $"{entry.Keyword.Name}: {entry.Text(0)} needs an interface, and there is no default interface {name}", "dev INTERFACE",
            ConfigurationFault.BadInterface);
    }

    private static bool TryReadAddress(ValueReader entry, out InetPrefix prefix)
    {
        var text = entry[0];
        var slash = text.IndexOf('/');
        prefix = default;
        if (!InetAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            entry.Invalid(0, $"'{entry.Text(0)}' is no IP address; it is left out", "IP[/LENGTH]");
            return false;
        }

        prefix = InetPrefix.Host(address);
        if (slash >= 0 && !InetPrefix.TryParse(text, out prefix))
        {
            prefix = InetPrefix.Host(address);
            var length = text[(slash + 1)..];
            var start = Integers.Parse(length, out var used, out _);
            if (!entry.Context.TestMode && used > 0 && start >= 0 && start <= prefix.Length)
                prefix = new InetPrefix(address, (int)start);
            entry.Invalid(0, $"'{TextOf(length)}' is no prefix length; {prefix.Length} is used", $"a number up to {InetPrefix.Host(address).Length}");
        }

        return true;
    }

    private bool TryReadOption(ValueReader entry, string option, int word, ref VirtualAddressConfiguration address)
    {
        var text = entry.Text(word);
        switch (option)
        {
            case "dev":
                if (address.Interface is not null || text.Length > Syntaxes.MaxInterfaceName)
                {
                    entry.Invalid(word, address.Interface is null ? $"'{text}' is too long for an interface; the address is left out"
                        : "dev is given twice; the address is left out");
                    return false;
                }

                address = address with { Interface = text };
                return Interfaces.IsKnown(entry, word, text, "the address is left out");
            case "scope":
                if (!entry.Context.Names.Scopes.TryFind(text, byte.MaxValue, out var scope))
                    entry.Unknown(word, entry.Context.Names.Scopes.Names);
                else if (address.Address.Address.IsIPv6 && scope != 0)
                    entry.Invalid(word, "an IPv6 address has no scope to set; it is ignored");
                else
                    address = address with { Scope = (byte)scope };
                return true;
            case "label":
                if (entry[word].Length > MaxLabel)
                {
                    entry.Invalid(word, $"the label '{text}' is too long; the address is left out", $"at most {MaxLabel} bytes");
                    return false;
                }

                if (address.Address.Address.IsIPv4)
                    address = address with { Label = text };
                else
                    entry.Invalid(word, "an IPv6 address has no label; it is ignored");
                return true;
            case "peer":
                return ReadPeer(entry, word, ref address);
            case "preferred_lft":
                if (text == "forever")
                    address = address with { PreferredLifetime = VirtualAddressConfiguration.Forever };
                else if (new NumberSyntax<uint>(0, uint.MaxValue).TryRead(entry, word, out var lifetime))
                    address = address with { PreferredLifetime = lifetime };
                return true;
            default:
                if (isStatic)
                {
                    address = address with { TrackGroup = text };
                    if (!entry.Context.Exists(RootKeywords.TrackGroup, text))
                        entry.Invalid(word, $"there is no track_group {text} before this");
                }
                else
                    entry.Unknown(word - 1, Options);
                return true;
        }
    }

    private static bool ReadPeer(ValueReader entry, int word, ref VirtualAddressConfiguration address)
    {
        if (address.Peer is not null || !InetAddress.TryParse(entry[word], out var peer) || peer.Family != address.Address.Address.Family)
        {
            entry.Invalid(word, address.Peer is null ? $"'{entry.Text(word)}' is no address of the same family"
                : "peer is given twice; the first stays");
            return true;
        }

        if (entry[0].Contains('/'))
            entry.Invalid(0, "an address with a peer has no prefix length; it is ignored");
        address = address with { Peer = peer, Address = InetPrefix.Host(address.Address.Address) };
        return true;
    }

    private static bool TrySetBroadcast(ValueReader entry, string text, int word, ref VirtualAddressConfiguration address)
    {
        var prefix = address.Address;
        if (prefix.Address.IsIPv6)
        {
            entry.Invalid(word, "an IPv6 address has no broadcast address; the address is left out");
            return false;
        }

        if (text is not ("+" or "-"))
        {
            if (!InetAddress.TryParse(text, out var broadcast) || !broadcast.IsIPv4)
            {
                entry.Invalid(word, $"'{text}' is no IPv4 address; the address is left out", "an IPv4 address, + or -");
                return false;
            }

            if (address.Peer is null)
                address = address with { Broadcast = broadcast };
            return true;
        }

        if (prefix.Length > 30 || address.Peer is not null)
        {
            entry.Invalid(word, $"a /{prefix.Length} has no broadcast address; none is set");
            return true;
        }

        Span<byte> bytes = stackalloc byte[4];
        prefix.Address.Mask(prefix.Length).WriteTo(bytes);
        var network = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
        address = address with { Broadcast = InetAddress.FromIPv4(text == "+" ? network | (uint.MaxValue >> prefix.Length) : network) };
        return true;
    }

    private static string TextOf(ReadOnlySpan<char> text) => Text.TextEncoding.ToText(text);
}
