using System.Globalization;
using System.Text;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>A <c>vrrp_instance</c> block. The defaults are a fast version 3 router with one address.</summary>
internal sealed record VrrpInstance
{
    public string Name { get; init; } = "VI_1";

    public string Interface { get; init; } = Lan.Interface;

    public int VirtualRouterId { get; init; } = 51;

    public int Priority { get; init; } = 100;

    /// <summary>0: nothing is said of it.</summary>
    public int Version { get; init; } = 3;

    /// <summary>Empty: nothing is said of it.</summary>
    public string State { get; init; } = "BACKUP";

    /// <summary>Seconds between adverts.</summary>
    public double Interval { get; init; } = 0.2;

    public string[] Addresses { get; init; } = [Lan.Vip + "/24"];

    public string[] Excluded { get; init; } = [];

    public string[] Peers { get; init; } = [];

    /// <summary>Further lines of the block, as they are.</summary>
    public string[] Lines { get; init; } = [];

    /// <summary>3 intervals and the skew time.</summary>
    public double MasterDownMilliseconds => (3000 * Interval) + SkewMilliseconds;

    /// <summary>Version 2: (256 - priority) / 256 s. Version 3: the same part of the interval.</summary>
    public double SkewMilliseconds => (256 - Priority) / 256.0 * (Version == 2 ? 1000 : 1000 * Interval);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            vrrp_instance {{Name}} {
                {{(State.Length == 0 ? "" : "state " + State)}}
                interface {{Interface}}
                virtual_router_id {{VirtualRouterId}}
                priority {{Priority}}
                {{(Version == 0 ? "" : $"version {Version}")}}
                advert_int {{Interval}}
            """);
        Block(text, "virtual_ipaddress", Addresses);
        Block(text, "virtual_ipaddress_excluded", Excluded);
        Block(text, "unicast_peer", Peers);
        foreach (var line in Lines)
            text.AppendLine("    " + line);
        return text.AppendLine("}").ToString();
    }

    private static void Block(StringBuilder text, string keyword, string[] entries)
    {
        if (entries.Length > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"    {keyword} {{\n        {string.Join("\n        ", entries)}\n    }}");
    }
}
