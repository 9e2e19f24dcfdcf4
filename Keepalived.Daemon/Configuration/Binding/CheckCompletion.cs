using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules between the keywords of a check. A check that breaks them is left out.</summary>
internal static class CheckCompletion
{
    public static void Http(ValueReader reader, BlockValues values, BlockTotals totals)
    {
        Connection(reader, values, totals);
        Require(reader, values, "url");
    }

    /// <summary>A link-local address says nothing without an interface.</summary>
    public static void Connection(ValueReader reader, BlockValues values, BlockTotals totals)
    {
        var address = values.Block.Find("connect_ip") is Keyword<InetAddress> ip && values.Has(ip) ? values.Get(ip)
            : reader.Context.CurrentServer;
        if (address.IsLinkLocal && address.IsIPv6 && values.Block.Find("bind_if") is { } bind && !values.Has(bind))
            reader.Context.Error(
                values.Location, DiagnosticCodes.MissingKeyword,
                $"{reader.Keyword.Name}: the link-local address {address} needs an interface; the check is left out", "bind_if INTERFACE");
    }

    public static void Url(ValueReader reader, BlockValues values, BlockTotals totals) => Require(reader, values, "path");

    public static void Misc(ValueReader reader, BlockValues values, BlockTotals totals) => Require(reader, values, "misc_path");

    public static void Bfd(ValueReader reader, BlockValues values, BlockTotals totals) =>
        RequireName(reader, values, "name", RootKeywords.BfdInstance);

    public static void File(ValueReader reader, BlockValues values, BlockTotals totals) =>
        RequireName(reader, values, "track_file", RootKeywords.TrackFile);

    public static void Udp(ValueReader reader, BlockValues values, BlockTotals totals)
    {
        Connection(reader, values, totals);
        if (values.Block.Find("min_reply_length") is not Keyword<int> min || values.Block.Find("max_reply_length") is not Keyword<int> max)
            return;
        if (values.Get(min) > values.Get(max))
            reader.Context.Error(
                values.LocationOf(min), DiagnosticCodes.Conflict,
                $"UDP_CHECK: min_reply_length {values.Get(min)} is more than max_reply_length {values.Get(max)}: no reply will do");
    }

    private static void RequireName(ValueReader reader, BlockValues values, string word, Keyword kind)
    {
        if (values.Block.Find(word) is not Keyword<string> keyword || values.Get(keyword) is not { } name)
            Require(reader, values, word);
        else if (!reader.Context.Exists(kind, name))
            reader.Context.Error(
                values.LocationOf(keyword), DiagnosticCodes.UnknownName,
                $"{reader.Keyword.Name}: there is no {kind.Name} {name} before this; the check is left out");
    }

    private static void Require(ValueReader reader, BlockValues values, string word)
    {
        if (values.Block.Find(word) is { } keyword && !values.Has(keyword))
            reader.Context.Error(
                values.Location, DiagnosticCodes.MissingKeyword, $"{reader.Keyword.Name} has no {word}; it is left out",
                $"{word} {keyword.Parameters}");
    }
}
