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
            Router(text, router);
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

    private static void Router(DumpText text, VrrpRouterSnapshot router)
    {
        var (options, details, status) = (router.Options, router.Details, router.Status);
        text.Value(1, "VRRP Instance", options.Name).Value(3, "VRRP Version", (int)options.Version);
        if (status.SyncGroup is { } group)
            text.Value(3, "Sync group", group);
        if (options.EffectiveFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
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
        if (options.Interface is { } name)
            text.Value(3, "Interface", name);
        if (!status.SourceAddress.IsNone)
            text.Value(3, "Using src_ip", status.SourceAddress);
        if (!options.IsUnicast)
            text.Line(3, $"Multicast address {options.Group}");
        Behaviour(text, options, status);
        Objects(text, options, status);
        Trackers(text, details);
        text.Value(3, "Using smtp notification", details.SmtpAlert ? "yes" : "no")
            .Value(3, "Notify deleted", details.Notify.ReportDeleted ? "Deleted" : "Fault");
        Scripts(text, details.Notify);
        text.Value(3, "Notify priority changes", Bool(details.NotifiesPriorityChanges));
    }

    private static void Behaviour(DumpText text, VirtualRouterOptions options, VirtualRouterStatus status)
    {
        var garp = options.Announcements;
        text.Value(3, "Gratuitous ARP delay", garp.Delay.TotalSeconds)
            .Value(3, "Gratuitous ARP repeat", garp.Repeat)
            .Value(3, "Gratuitous ARP refresh", garp.Refresh.TotalSeconds)
            .Value(3, "Gratuitous ARP refresh repeat", garp.RefreshRepeat)
            .Value(3, "Gratuitous ARP lower priority delay", garp.LowerPriorityDelay.TotalSeconds)
            .Value(3, "Gratuitous ARP lower priority repeat", garp.LowerPriorityRepeat)
            .Value(3, "Down timer adverts", options.DownTimerAdverts)
            .Value(3, "Send advert after receive lower priority advert", Bool(!options.LowerPriorityNoAdvertisement))
            .Value(3, "Send advert after receive higher priority advert", Bool(options.HigherPrioritySendAdvertisement))
            .Value(3, "Virtual Router ID", options.VirtualRouterId)
            .Value(3, "Priority", options.Priority)
            .Value(3, "Effective priority", status.Priority)
            .Value(3, "Total priority", status.TotalPriority)
            .Value(3, "Advert interval", options.AdvertisementInterval.Milliseconds == 0
                ? $"{(long)options.AdvertisementInterval.TotalSeconds} sec"
                : $"{(long)options.AdvertisementInterval.TotalMilliseconds} milli-sec")
            .Value(3, "Accept", Enabled(options.AcceptMode))
            .Value(3, "Preempt", Enabled(options.Preempt));
        if (options.PreemptDelay > TimeSpan.Zero)
            text.Value(3, "Preempt delay", $"{options.PreemptDelay.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture)} secs");
        text.Value(3, "Promote_secondaries", Enabled(options.PromoteSecondaries));
        if (options.Authentication.Type != VrrpAuthenticationType.None)
        {
            text.Value(3, "Authentication type", options.Authentication.Type == VrrpAuthenticationType.Pass ? "SIMPLE_PASSWORD" : "IPSEC_AH")
                .Value(3, "Password", "********");
        }
    }

    private static void Objects(DumpText text, VirtualRouterOptions options, VirtualRouterStatus status)
    {
        var advertised = status.Addresses.Where(static address => !address.IsExcluded).ToList();
        text.List(3, $"Virtual IP ({advertised.Count}):", advertised.Select(static address => VrrpText.Address(address)))
            .List(3, "Virtual IP Excluded :",
                status.Addresses.Where(static address => address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .List(3, "Unicast Peer :", options.Peers.Select(static peer => peer.Address.ToString()))
            .List(3, "Virtual Routes :", options.Routes.Select(static route => route.ToString()))
            .List(3, "Virtual Rules :", options.Rules.Select(static rule => rule.ToString()));
    }

    private static void Trackers(DumpText text, InstanceDetails details) => text
        .List(3, "Tracked interfaces :", details.Tracked.Interfaces.Select(VrrpText.Tracked))
        .List(3, "Tracked scripts :", details.Tracked.Scripts.Select(VrrpText.Tracked))
        .List(3, "Tracked files :", details.Tracked.Files.Select(VrrpText.Tracked))
        .List(3, "Tracked processes :", details.Tracked.Processes.Select(VrrpText.Tracked))
        .List(3, "Tracked BFDs :", details.Tracked.Bfd.Select(VrrpText.Tracked))
        .List(3, "Tracked virtual servers :", details.Tracked.VirtualServers.Select(VrrpText.Tracked));

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
            .List(3, "VRRP member instances :", members.Select(static member => member.Options.Name));
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
