using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.VirtualServerKeywords;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>
/// A virtual server whose block has been read: its record, and what the record lacks until the whole configuration is known: its group and
/// its scripts.
/// </summary>
internal sealed class VirtualServerDraft(VirtualServerHead head, BlockValues values, SharedTimings timings)
{
    public VirtualServerHead Head => head;

    /// <summary>What its block says.</summary>
    public BlockValues Values => values;

    /// <summary>The method that counts for servers that have none of their own.</summary>
    public LvsMethod Method { get; } = values.Get(Keywords.VirtualServerKeywords.LvsMethod);

    /// <summary>What its real servers and their checks inherit.</summary>
    public CheckTimes Times { get; } =
        Keywords.VirtualServerKeywords.Times.Read(values) with { Alpha = values.Get(Keywords.VirtualServerKeywords.Alpha) };

    public string? VirtualHost { get; } = values.Get(Keywords.VirtualServerKeywords.VirtualHost);

    /// <summary>Its scripts, by the places where they belong.</summary>
    public List<ServerScript> Scripts { get; } = [];

    /// <summary>The timings that its checks share with all others.</summary>
    public SharedTimings Timings => timings;
}
