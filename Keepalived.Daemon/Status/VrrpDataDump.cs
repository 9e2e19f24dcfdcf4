using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>Configuration and state of the VRRP process, as text. The labels are those that operators' scripts look for.</summary>
internal static class VrrpDataDump
{
    public static string Create(
        KeepalivedConfiguration configuration, IReadOnlyList<VrrpRouterSnapshot> routers, IReadOnlyList<KeyValuePair<string, VrrpState>> groups)
    {
        var text = new DumpText().AddGlobal(configuration.Global);
        Section(text, "Static Addresses", configuration.StaticAddresses.Select(static address => $"{address.Address} dev {address.Interface}"));
        Section(text, "Static Routes", configuration.StaticRoutes.Select(static route => route.Route.ToString()));
        Section(text, "Static Rules", configuration.StaticRules.Select(static rule => rule.Rule.ToString()));
        if (routers.Count > 0)
            text.Heading("VRRP Topology");
        foreach (var router in routers)
            Router(text, configuration, router);
        if (groups.Count > 0)
            text.Heading("VRRP Sync groups");
        foreach (var (name, state) in groups)
            Group(text, configuration, name, state, routers);
        if (!configuration.VrrpScripts.IsEmpty)
            text.Heading("VRRP Scripts");
        foreach (var script in configuration.VrrpScripts)
            Script(text, script);
        Section(text, "VRRP Track files", configuration.TrackFiles.Select(static file => $"{file.Name}: {file.Path}"));
        Section(text, "VRRP Track processes", configuration.TrackProcesses.Select(static process => process.Name));
        return text.ToString();
    }

    private static void Section(DumpText text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        text.Heading(title);
        foreach (var line in all)
            text.Line(1, line);
    }

    private static void Router(DumpText text, KeepalivedConfiguration configuration, VrrpRouterSnapshot router)
    {
        var (instance, status) = (router.Configuration, router.Status);
        text.Value(1, "VRRP Instance", instance.Name).Value(3, "VRRP Version", instance.Version);
        if (status.SyncGroup is { } group)
            text.Value(3, "Sync group", group);
        if (instance.Family == System.Net.Sockets.AddressFamily.InterNetworkV6)
            text.Line(3, "Using Native IPv6");
        text.Value(3, "State", VrrpText.State(status.State))
            .Value(3, "Wantstate", VrrpText.State(status.WantedState))
            .Value(3, "Number of config faults", Faults(status, VrrpFaultReason.Configuration))
            .Value(3, "Number of interface and track script faults",
                status.Faults.Length - Faults(status, VrrpFaultReason.Configuration))
            .Value(3, "Number of track scripts init", status.PendingTrackers)
            .Value(3, "Last transition", Time(status.LastTransition, "0.000000"))
            .Value(3, "Read timeout", Time(status.TimerDue, "DISABLED"))
            .Value(3, "Master down timer", $"{(long)status.MasterDownInterval.TotalMicroseconds} usecs");
        if (instance.Interface is { } name)
            text.Value(3, "Interface", name);
        if (!status.SourceAddress.IsNone)
            text.Value(3, "Using src_ip", status.SourceAddress);
        if (!instance.IsUnicast)
            text.Line(3, $"Multicast address {instance.MulticastGroup}");
        Behaviour(text, instance, status);
        Objects(text, instance, status);
        Trackers(text, instance);
        text.Value(3, "Using smtp notification", instance.SmtpAlert ? "yes" : "no")
            .Value(3, "Notify deleted", instance.Notify.ReportDeleted ? "Deleted" : "Fault");
        Scripts(text, instance.Notify);
        text.Value(3, "Notify priority changes", Bool(configuration.NotifiesPriorityChanges(instance)));
    }

    private static void Behaviour(DumpText text, VrrpInstanceConfiguration instance, VirtualRouterStatus status)
    {
        var garp = instance.Garp;
        text.Value(3, "Gratuitous ARP delay", garp.MasterDelay.TotalSeconds)
            .Value(3, "Gratuitous ARP repeat", garp.MasterRepeat)
            .Value(3, "Gratuitous ARP refresh", garp.MasterRefresh.TotalSeconds)
            .Value(3, "Gratuitous ARP refresh repeat", garp.MasterRefreshRepeat)
            .Value(3, "Gratuitous ARP lower priority delay", garp.LowerPriorityDelay.TotalSeconds)
            .Value(3, "Gratuitous ARP lower priority repeat", garp.LowerPriorityRepeat)
            .Value(3, "Down timer adverts", instance.DownTimerAdverts)
            .Value(3, "Send advert after receive lower priority advert", Bool(!instance.LowerPriorityNoAdvert))
            .Value(3, "Send advert after receive higher priority advert", Bool(instance.HigherPrioritySendAdvert))
            .Value(3, "Virtual Router ID", instance.VirtualRouterId)
            .Value(3, "Priority", instance.Priority)
            .Value(3, "Effective priority", status.Priority)
            .Value(3, "Total priority", status.TotalPriority)
            .Value(3, "Advert interval", instance.AdvertisementInterval.Milliseconds == 0
                ? $"{(long)instance.AdvertisementInterval.TotalSeconds} sec"
                : $"{(long)instance.AdvertisementInterval.TotalMilliseconds} milli-sec")
            .Value(3, "Accept", Enabled(instance.Accept))
            .Value(3, "Preempt", Enabled(!instance.NoPreempt));
        if (instance.PreemptDelay > TimeSpan.Zero)
            text.Value(3, "Preempt delay", $"{instance.PreemptDelay.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture)} secs");
        text.Value(3, "Promote_secondaries", Enabled(instance.PromoteSecondaries));
        if (instance.Authentication is { } authentication)
        {
            text.Value(3, "Authentication type", authentication.Type == AuthenticationType.Password ? "SIMPLE_PASSWORD" : "IPSEC_AH")
                .Value(3, "Password", "********");
        }
    }

    private static void Objects(DumpText text, VrrpInstanceConfiguration instance, VirtualRouterStatus status)
    {
        var advertised = status.Addresses.Where(static address => !address.IsExcluded).ToList();
        text.List(3, $"Virtual IP ({advertised.Count}):", advertised.Select(static address => VrrpText.Address(address)))
            .List(3, "Virtual IP Excluded :",
                status.Addresses.Where(static address => address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .List(3, "Unicast Peer :", instance.UnicastPeers.Select(static peer => peer.Address.ToString()))
            .List(3, "Virtual Routes :", instance.VirtualRoutes.Select(static route => route.Route.ToString()))
            .List(3, "Virtual Rules :", instance.VirtualRules.Select(static rule => rule.Rule.ToString()));
    }

    private static void Trackers(DumpText text, VrrpInstanceConfiguration instance) => text
        .List(3, "Tracked interfaces :", instance.TrackInterfaces.Select(VrrpText.Tracked))
        .List(3, "Tracked scripts :", instance.TrackScripts.Select(VrrpText.Tracked))
        .List(3, "Tracked files :", instance.TrackFiles.Select(VrrpText.Tracked))
        .List(3, "Tracked processes :", instance.TrackProcesses.Select(VrrpText.Tracked))
        .List(3, "Tracked BFDs :", instance.TrackBfd.Select(VrrpText.Tracked))
        .List(3, "Tracked virtual servers :", instance.TrackVirtualServers.Select(VrrpText.Tracked));

    private static void Scripts(DumpText text, NotifyScripts scripts)
    {
        Add("Backup state transition script", scripts.Backup);
        Add("Master state transition script", scripts.Master);
        Add("Fault state transition script", scripts.Fault);
        Add("Stop state transition script", scripts.Stop);
        Add("Deleted state transition script", scripts.Deleted);
        Add("Generic state transition script", scripts.Any);
        Add("Master rx lower pri script", scripts.MasterReceivedLowerPriority);

        void Add(string label, ScriptConfiguration? script)
        {
            if (script is not null)
                text.Value(3, label, $"{VrrpText.Command(script)}, uid:gid {script.UserId}:{script.GroupId}");
        }
    }

    private static void Group(
        DumpText text, KeepalivedConfiguration configuration, string name, VrrpState state, IReadOnlyList<VrrpRouterSnapshot> routers)
    {
        var members = routers.Where(router => router.Status.SyncGroup == name).ToList();
        text.Value(1, "VRRP Sync Group", $"{name}, {VrrpText.State(state)}")
            .Line(3, $"Num member fault {members.Count(static member => !member.Status.Faults.IsEmpty)}, "
                + $"num member init {members.Count(static member => member.Status.PendingTrackers > 0)}")
            .List(3, "VRRP member instances :", members.Select(static member => member.Configuration.Name));
        if (configuration.VrrpSyncGroups.FirstOrDefault(group => group.Name == name) is not { } group)
            return;
        text.Value(3, "Using smtp notification", group.SmtpAlert ? "yes" : "no");
        Scripts(text, group.Notify);
    }

    private static void Script(DumpText text, VrrpScriptConfiguration script) => text
        .Value(1, "VRRP Script", script.Name)
        .Value(3, "Command", VrrpText.Command(script.Script))
        .Value(3, "Interval", $"{script.Interval.TotalSeconds} sec")
        .Value(3, "Timeout", $"{script.Timeout.TotalSeconds} sec")
        .Value(3, "Weight", script.Weight)
        .Value(3, "Rise", script.Rise)
        .Value(3, "Fall", script.Fall)
        .Value(3, "Script uid:gid", $"{script.Script.UserId}:{script.Script.GroupId}");

    private static int Faults(VirtualRouterStatus status, VrrpFaultReason reason) => status.Faults.Count(fault => fault == reason);

    private static string Time(DateTimeOffset? time, string none) => time is { } moment ? DumpText.Moment(moment) : none;

    private static string Enabled(bool value) => value ? "enabled" : "disabled";

    private static string Bool(bool value) => value ? "true" : "false";
}
