using System.Globalization;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>The part of a data dump that all processes have: what <c>global_defs</c> came to.</summary>
internal static class GlobalDump
{
    /// <summary>Adds the section.</summary>
    public static DumpText AddGlobal(this DumpText text, GlobalDefinitions global)
    {
        text.Heading("Global definitions")
            .Value(1, "Network namespace", global.NetNamespace ?? "(default)")
            .Value(1, "Router ID", global.RouterId ?? Environment.MachineName);
        if (global.Instance is { } instance)
            text.Value(1, "Instance name", instance);
        Mail(text, global.Mail);
        text.Value(1, "Dynamic interfaces", Word(global.DynamicInterfaces != DynamicInterfaces.Off))
            .Value(1, "Default interface", global.DefaultInterface ?? "eth0");
        Fifo(text, "Global notify fifo", global.NotifyFifo);
        Fifo(text, "VRRP notify fifo", global.VrrpNotifyFifo);
        Fifo(text, "LVS notify fifo", global.LvsNotifyFifo);
        text.Value(1, "FIFO write vrrp states on reload", Word(global.WriteStatesOnReload));
        Vrrp(text, global.Vrrp);
        text.Value(1, "Max auto priority", global.MaxAutoPriority)
            .Value(1, "Min auto priority delay", $"{global.MinAutoPriorityDelay.TotalMicroseconds} usecs");
        Process(text, "VRRP", global.VrrpProcess);
        Process(text, "Checker", global.CheckerProcess);
        Process(text, "BFD", global.BfdProcess);
        return text.Line(1, $"Script security {(global.ScriptSecurity ? "enabled" : "disabled")}")
            .Value(1, "umask", "0" + Convert.ToString(global.Umask, 8));
    }

    private static void Mail(DumpText text, MailConfiguration mail)
    {
        if (mail.Server is not { } server)
            return;
        text.Value(1, "Smtp server", server)
            .Value(1, "Smtp server port", mail.Port)
            .Value(1, "Smtp server connection timeout", (long)mail.Timeout.TotalSeconds);
        if (mail.HeloName is { } name)
            text.Value(1, "Smtp HELO name", name);
        if (mail.From is { } from)
            text.Value(1, "Email notification from", from);
        foreach (var recipient in mail.Recipients)
            text.Value(1, "Email notification", recipient);
        text.Value(1, "Send emails for fault state", Word(!mail.NoFaults));
    }

    private static void Fifo(DumpText text, string title, NotifyFifoConfiguration? fifo)
    {
        if (fifo is null)
            return;
        text.Value(1, title, $"{fifo.Path}, uid:gid {fifo.UserId}:{fifo.GroupId}");
        if (fifo.Script is { } script)
            text.Value(1, title + " script", VrrpText.Command(script));
    }

    private static void Vrrp(DumpText text, VrrpDefaults vrrp) => text
        .Value(1, "VRRP notify priority changes", Word(vrrp.NotifyPriorityChanges))
        .Value(1, "VRRP IPv4 mcast group", vrrp.MulticastGroup4)
        .Value(1, "VRRP IPv6 mcast group", vrrp.MulticastGroup6)
        .Value(1, "Gratuitous ARP delay", vrrp.Garp.MasterDelay.TotalSeconds)
        .Value(1, "Gratuitous ARP repeat", vrrp.Garp.MasterRepeat)
        .Value(1, "Gratuitous ARP refresh timer", vrrp.Garp.MasterRefresh.TotalSeconds)
        .Value(1, "Gratuitous ARP refresh repeat", vrrp.Garp.MasterRefreshRepeat)
        .Value(1, "Gratuitous ARP lower priority delay", vrrp.Garp.LowerPriorityDelay.TotalSeconds)
        .Value(1, "Gratuitous ARP lower priority repeat", vrrp.Garp.LowerPriorityRepeat)
        .Value(1, "Num adverts before down", vrrp.DownTimerAdverts)
        .Value(1, "Send advert after receive lower priority advert", Word(vrrp.LowerPriorityNoAdvert != true))
        .Value(1, "Send advert after receive higher priority advert", Word(vrrp.HigherPrioritySendAdvert))
        .Value(1, "Gratuitous ARP interval", vrrp.GarpInterval.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture))
        .Value(1, "Gratuitous NA interval", vrrp.GnaInterval.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture))
        .Value(1, "VRRP default protocol version", vrrp.Version)
        .Value(1, "VRRP check unicast_src", Word(vrrp.CheckUnicastSource))
        .Value(1, "VRRP skip check advert addresses", Word(vrrp.SkipCheckAddresses))
        .Value(1, "VRRP strict mode", Word(vrrp.Strict));

    private static void Process(DumpText text, string title, ProcessConfiguration process) => text
        .Value(1, $"{title} process priority", process.Nice ?? 0)
        .Value(1, $"{title} don't swap", Word(process.NoSwap))
        .Value(1, $"{title} realtime priority", process.RealTimePriority ?? 0)
        .Value(1, $"{title} realtime limit", process.RealTimeLimitMicroseconds);

    private static string Word(bool value) => value ? "true" : "false";
}
