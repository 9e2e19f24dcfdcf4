using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>lvs_sync_daemon</c>: an interface and options; the old form has instance and id without their words.</summary>
internal sealed class LvsSyncDaemonSyntax : ValueSyntax<LvsSyncDaemon>
{
    private static readonly string[] Options = ["inst", "id", "maxlen", "port", "ttl", "group"];

    public override string Description =>
        "INTERFACE [inst INSTANCE] [id 0..255] [maxlen 1..65507] [port 1..65535] [ttl 1..255] [group ADDRESS]";

    public override bool TryRead(ValueReader reader, LvsSyncDaemon? previous, out LvsSyncDaemon value)
    {
        value = new LvsSyncDaemon(reader.Text(1));
        if (reader[1].Length > Syntaxes.MaxInterfaceName)
        {
            reader.Invalid(1, "the interface's name is too long", "at most 15 bytes");
            return false;
        }

        for (var word = 2; word < reader.Count; word++)
        {
            var isOption = Array.IndexOf(Options, reader.Text(word)) >= 0;
            if (isOption && word + 1 == reader.Count)
            {
                if (reader[word] is "inst")
                    reader.Context.ReportMissing(reader.Keyword, reader.Statement, fatal: true);
                else
                    reader.Invalid(word, $"a value must follow {reader.Text(word)}");
                return false;
            }

            if (isOption)
                value = ReadOption(reader, word++, value);
            else if (word == 2)
                value = value with { Instance = reader.Text(word) };
            else if (word == 3 && !reader[word].IsEmpty && char.IsAsciiDigit(reader[word][0]))
                value = ReadOldId(reader, word, value);
            else
                reader.Unknown(word, Options);
        }

        return true;
    }

    private static LvsSyncDaemon ReadOldId(ValueReader reader, int word, LvsSyncDaemon value)
    {
        reader.Invalid(word, "the id needs its word", suggestion: $"id {reader.Text(word)}");
        return new NumberSyntax<int>(0, 255).TryRead(reader, word, out var id) ? value with { SyncId = id } : value;
    }

    private static LvsSyncDaemon ReadOption(ValueReader reader, int word, LvsSyncDaemon value)
    {
        var at = word + 1;
        switch (reader[word])
        {
            case "inst":
                return value with { Instance = reader.Text(at) };
            case "id":
                return new NumberSyntax<int>(0, 255).TryRead(reader, at, out var id) ? value with { SyncId = id } : value;
            case "maxlen":
                return new NumberSyntax<int>(1, 65507).TryRead(reader, at, out var length) ? value with { MaxLength = length } : value;
            case "port":
                return new NumberSyntax<int>(1, 65535).TryRead(reader, at, out var port) ? value with { Port = port } : value;
            case "ttl":
                return new NumberSyntax<int>(1, 255).TryRead(reader, at, out var ttl) ? value with { Ttl = ttl } : value;
            default:
                if (InetAddress.TryParse(reader[at], out var group) && group.IsMulticast)
                    return value with { Group = group };
                reader.Invalid(at, $"'{reader.Text(at)}' is no multicast address");
                return value;
        }
    }
}
