using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>
/// The name tables of iproute2. Of each there is a file in the system's directory, overridden by one in the administrator's, and further
/// ones in <c>NAME.d</c> of both. They are read when first needed.
/// </summary>
internal sealed class NameTables(string systemDirectory, string localDirectory)
{
    private NameTable? _tables;
    private NameTable? _scopes;
    private NameTable? _protocols;
    private NameTable? _fields;
    private NameTable? _realms;
    private NameTable? _groups;

    public NameTable Tables => _tables ??= Read("rt_tables", new NameTable(("unspec", 0), ("default", 253), ("main", 254), ("local", 255)));

    public NameTable Scopes => _scopes ??=
        Read("rt_scopes", new NameTable(("global", 0), ("site", 200), ("link", 253), ("host", 254), ("nowhere", 255)));

    /// <summary>RTPROT_* of linux/rtnetlink.h.</summary>
    public NameTable Protocols => _protocols ??= Read("rt_protos", new NameTable(
        ("unspec", 0), ("redirect", 1), ("kernel", 2), ("boot", 3), ("static", 4), ("gated", 8), ("ra", 9), ("mrt", 10), ("zebra", 11), ("bird", 12),
        ("dnrouted", 13), ("xorp", 14), ("ntk", 15), ("dhcp", 16), ("mrouted", 17), ("keepalived", 18), ("babel", 42), ("openr", 99), ("bgp", 186),
        ("isis", 187), ("ospf", 188), ("rip", 189), ("eigrp", 192)));

    public NameTable Fields => _fields ??= Read("rt_dsfield", new NameTable());

    public NameTable Realms => _realms ??= Read("rt_realms", new NameTable());

    public NameTable Groups => _groups ??= Read("group", new NameTable(("default", 0)));

    /// <summary>The tables of the directories that the configuration names.</summary>
    public static NameTables From(BindContext context) =>
        new(context.Global.Get(GlobalKeywords.IprouteUsrDir)!, context.Global.Get(GlobalKeywords.IprouteEtcDir)!);

    private NameTable Read(string name, NameTable table)
    {
        var local = Path.Combine(localDirectory, name);
        AddFile(table, File.Exists(local) ? local : Path.Combine(systemDirectory, name));
        foreach (var directory in (string[])[systemDirectory, localDirectory])
        {
            var more = Path.Combine(directory, name + ".d");
            if (!Directory.Exists(more))
                continue;
            foreach (var file in Directory.EnumerateFiles(more, "*.conf").Order(StringComparer.Ordinal))
                AddFile(table, file);
        }

        return table;
    }

    /// <summary>Why a file could not be read; null if all could. It matters only where a name is then not found.</summary>
    public string? Problem { get; private set; }

    private void AddFile(NameTable table, string path)
    {
        try
        {
            if (File.Exists(path))
                table.Add(File.ReadLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"{path}: {e.Message}";
        }
    }
}
