using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.RealServerKeywords;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>A real server as its block says it, before it inherits from its virtual server.</summary>
internal sealed class RealServerDraft(InetAddress address, ushort? port, SourceLocation location)
{
    public InetAddress Address => address;

    /// <summary>The port as written; null if there is none.</summary>
    public ushort? Port => port;

    public SourceLocation Location => location;

    /// <summary>Its own method, or the one that the virtual server had when its block began; null if there was none.</summary>
    public LvsMethod? Method { get; set; }

    public int? Weight { get; private set; }

    public uint UpperThreshold { get; private set; }

    public uint LowerThreshold { get; private set; }

    public bool? InhibitOnFailure { get; private set; }

    public ScriptCommand? NotifyUp { get; private set; }

    public ScriptCommand? NotifyDown { get; private set; }

    public bool? SmtpAlert { get; private set; }

    public string? VirtualHost { get; private set; }

    public string? SnmpName { get; private set; }

    public CheckTimes Times { get; private set; }

    public List<CheckDraft> Checks { get; } = new(capacity: 1);

    /// <summary>Takes what its block says.</summary>
    public void Take(BlockValues values)
    {
        Method = values.Find(Keywords.RealServerKeywords.LvsMethod) ?? Method;
        Weight = values.Find(Keywords.RealServerKeywords.Weight);
        UpperThreshold = values.Get(UThreshold);
        LowerThreshold = values.Get(LThreshold);
        InhibitOnFailure = values.Get(Keywords.RealServerKeywords.InhibitOnFailure);
        NotifyUp = values.Get(Keywords.RealServerKeywords.NotifyUp);
        NotifyDown = values.Get(Keywords.RealServerKeywords.NotifyDown);
        SmtpAlert = values.Get(Keywords.RealServerKeywords.SmtpAlert);
        VirtualHost = values.Get(Keywords.RealServerKeywords.VirtualHost);
        SnmpName = values.Get(Keywords.RealServerKeywords.SnmpName);
        Times = Keywords.RealServerKeywords.Times.Read(values) with { Alpha = values.Get(Alpha) };
    }
}
