using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Keywords.Checks;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>Makes checks of what their blocks say. A check that cannot be is reported and left out.</summary>
internal static class CheckDrafts
{
    // What is their kind's own is nothing.
    private static readonly TcpCheckConfiguration PlainTcp = new();
    private static readonly PingCheckConfiguration PlainPing = new();

    public static CheckDraft? Tcp(ValueReader reader, BlockValues values) =>
        Connecting(reader, values, PlainCheckKeywords.TcpConnection, PlainTcp);

    public static CheckDraft? Ping(ValueReader reader, BlockValues values) =>
        Connecting(reader, values, PlainCheckKeywords.PingConnection, PlainPing);

    public static CheckDraft? Http(ValueReader reader, BlockValues values) => HttpDrafts.Check(reader, values, isTls: false);

    public static CheckDraft? Ssl(ValueReader reader, BlockValues values) => HttpDrafts.Check(reader, values, isTls: true);

    public static CheckDraft? Dns(ValueReader reader, BlockValues values) =>
        Connecting(reader, values, DnsKeywords.Connection, new DnsCheckConfiguration
        {
            Type = values.Get(DnsKeywords.Type),
            Name = values.Get(DnsKeywords.Name)!,
        });

    /// <summary>Each host is a check; the first is the block's own, unless the block says where to connect to.</summary>
    public static CheckDraft? Smtp(ValueReader reader, BlockValues values)
    {
        var check = Connecting(
            reader, values, SmtpKeywords.Connection, new SmtpCheckConfiguration { HeloName = values.Get(SmtpKeywords.HeloName)! });
        if (check is null || values.Get(SmtpKeywords.Host) is not { Count: > 0 } hosts)
            return check;
        var main = check;
        var isOwn = check.Connection != default || check.Times.ConnectTimeout is not null;
        if (!isOwn)
            check = Of(hosts[0]);
        foreach (var host in hosts.Skip(isOwn ? 0 : 1))
            reader.Context.CurrentServer?.Checks.Add(Of(host));
        return check;

        CheckDraft Of(SmtpHostDraft host) => main with { Connection = host.Connection, Times = host.Times.Or(main.Times) };
    }

    public static CheckDraft? Udp(ValueReader reader, BlockValues values)
    {
        var (min, max) = (values.Get(UdpKeywords.MinReplyLength), values.Get(UdpKeywords.MaxReplyLength));
        var (reply, mask) = HexSyntax.ToPattern(values.Get(UdpKeywords.RequireReply));
        var check = Connecting(reader, values, UdpKeywords.Connection, new UdpCheckConfiguration
        {
            Payload = HexSyntax.ToPattern(values.Get(UdpKeywords.Payload)).Value,
            RequireReply = values.Has(UdpKeywords.RequireReply),
            Reply = reply,
            ReplyMask = mask,
            MinReplyLength = (ushort)min,
            MaxReplyLength = (ushort)max,
        });
        if (min > max)
            reader.Context.Error(values.LocationOf(UdpKeywords.MinReplyLength), DiagnosticCodes.Conflict,
                $"UDP_CHECK: min_reply_length {min} is more than max_reply_length {max}: no reply will do");
        return check;
    }

    public static CheckDraft? Misc(ValueReader reader, BlockValues values)
    {
        if (values.Get(MiscKeywords.MiscPath) is not { } command)
        {
            Require(reader, values, MiscKeywords.MiscPath);
            return null;
        }

        var user = values.Get(MiscKeywords.User);
        if (user == ScriptUser.Unknown)
            return null;
        user ??= reader.Context.ScriptUsers.GetDefault(reader.Context, command.Location, command.Keyword);
        if (user is null)
            return null;
        var timeout = values.Get(MiscKeywords.MiscTimeout);
        return new CheckDraft(
            new MiscCheckConfiguration { Script = Unchecked, IsDynamic = values.Get(MiscKeywords.MiscDynamic) },
            MiscKeywords.Timing.Read(values), values.Location)
        {
            Script = command with { User = user },
            ScriptTimeout = timeout == 0 ? null : Syntaxes.Seconds(timeout),
        };
    }

    public static CheckDraft? Bfd(ValueReader reader, BlockValues values)
    {
        if (!HasName(
                reader, values, BfdCheckKeywords.Name, RootKeywords.BfdInstance,
                name => reader.Context.ExistsBfd(name, BfdKeywords.Checker)))
            return null;
        var check = new BfdCheckConfiguration { Instance = values.Get(BfdCheckKeywords.Name)! };
        if (reader.Context.CurrentServer?.Checks.Exists(
            other => other.Check is BfdCheckConfiguration bfd && bfd.Instance == check.Instance) == true)
        {
            reader.Context.Error(values.Location, DiagnosticCodes.Duplicate,
                $"BFD_CHECK: the server follows {check.Instance} already; the check is left out");
            return null;
        }

        return new CheckDraft(check, new CheckTimes { Alpha = values.Get(BfdCheckKeywords.Alpha) }, values.Location);
    }

    public static CheckDraft? File(ValueReader reader, BlockValues values)
    {
        if (!HasName(
                reader, values, FileCheckKeywords.TrackFile, RootKeywords.TrackFile,
                name => reader.Context.Exists(RootKeywords.TrackFile, name)))
            return null;
        var name = values.Get(FileCheckKeywords.TrackFile)!;
        var (weight, reverse) = values.Find(FileCheckKeywords.Weight) ?? reader.Context.WeightOfFile(name);
        return new CheckDraft(
            new FileCheckConfiguration { TrackFile = name, Weight = weight, Reverse = reverse }, default, values.Location);
    }

    /// <summary>A check over the network; null, reported, if its address means nothing.</summary>
    internal static CheckDraft? Connecting(ValueReader reader, BlockValues values, ConnectionKeywords keywords, CheckConfiguration check)
    {
        var draft = new CheckDraft(check, keywords.Timing.Read(values), values.Location) { Connection = keywords.Read(values) };
        if (reader.Context.CurrentServer is not { } server || !draft.LacksInterface(server.Address))
            return draft;
        var address = draft.Connection.Address.IsNone ? server.Address : draft.Connection.Address;
        reader.Context.Error(values.Location, DiagnosticCodes.MissingKeyword,
            $"{reader.Keyword.Name}: the link-local address {address} needs an interface; the check is left out", "bind_if INTERFACE");
        return null;
    }

    /// <summary>Reports a keyword that a block must have.</summary>
    internal static void Require(ValueReader reader, BlockValues values, Keyword needed) =>
        reader.Context.Error(values.Location, DiagnosticCodes.MissingKeyword,
            $"{reader.Keyword.Name} has no {needed.Name}; it is left out", $"{needed.Name} {needed.Parameters}");

    // Stands for the script until it has been looked at.
    private static ScriptConfiguration Unchecked { get; } = new() { Arguments = [], Path = string.Empty };

    private static bool HasName(ValueReader reader, BlockValues values, Keyword<string> keyword, Keyword kind, Predicate<string> exists)
    {
        if (values.Get(keyword) is not { } name)
        {
            Require(reader, values, keyword);
            return false;
        }

        if (exists(name))
            return true;
        reader.Context.Error(values.LocationOf(keyword), DiagnosticCodes.UnknownName,
            $"{reader.Keyword.Name}: there is no {kind.Name} {name} before this; the check is left out");
        return false;
    }
}
