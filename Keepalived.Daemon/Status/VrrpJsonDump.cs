using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>All instances as JSON, in the original's two layouts.</summary>
internal static class VrrpJsonDump
{
    /// <summary>The text, with its line feed.</summary>
    public static string Create(KeepalivedConfiguration configuration, IEnumerable<VrrpRouterSnapshot> routers)
    {
        var json = new JsonText();
        var isVersion2 = configuration.Global.JsonVersion == 2;
        if (isVersion2)
            json.Object();
        json.Array(isVersion2 ? "vrrp" : null);
        foreach (var router in routers)
        {
            json.Object();
            Data(json, configuration, router);
            json.Object("stats");
            foreach (var (name, value) in router.Counters)
                json.Number(name, value);
            json.EndObject().EndObject();
        }

        json.EndArray();
        if (isVersion2)
            json.EndObject();
        return json + "\n";
    }

    private static void Data(JsonText json, KeepalivedConfiguration configuration, VrrpRouterSnapshot router)
    {
        var (options, details, status, garp) = (router.Options, router.Details, router.Status, router.Options.Announcements);
        json.Object("data").String("iname", options.Name)
            .Number("dont_track_primary", Flag(!options.TrackPrimaryInterface))
            .Number("skip_check_adv_addr", Flag(options.SkipAddressCheckOfMaster))
            .Number("strict_mode", Flag(details.Strict))
            .String("vmac_ifname", options.VirtualMac?.Name ?? "");
        if (options.Interface is { } name)
            json.String("ifp_ifname", name);
        json.Number("master_priority", status.MasterPriority)
            .Raw("last_transition", Seconds(status.LastTransition).ToString("F6", CultureInfo.InvariantCulture))
            .Number("garp_delay", garp.Delay.TotalSeconds)
            .Number("garp_refresh", (long)garp.Refresh.TotalSeconds)
            .Number("garp_rep", garp.Repeat)
            .Number("garp_refresh_rep", garp.RefreshRepeat)
            .Number("garp_lower_prio_delay", (long)garp.LowerPriorityDelay.TotalSeconds)
            .Number("garp_lower_prio_rep", garp.LowerPriorityRepeat)
            .Number("lower_prio_no_advert", Flag(options.LowerPriorityNoAdvertisement))
            .Number("higher_prio_send_advert", Flag(options.HigherPrioritySendAdvertisement))
            .Number("vrid", options.VirtualRouterId)
            .Number("base_priority", options.Priority)
            .Number("effective_priority", status.Priority)
            .Bool("vipset", status.AreAddressesSet)
            .Bool("promote_secondaries", options.PromoteSecondaries)
            .Number("adver_int", options.AdvertisementInterval.TotalSeconds)
            .Number("master_adver_int", status.MasterInterval.TotalSeconds)
            .Number("accept", Flag(options.AcceptMode))
            .Bool("nopreempt", !options.Preempt)
            .Number("preempt_delay", (long)options.PreemptDelay.TotalSeconds)
            .Number("state", VrrpText.Number(status.State))
            .Number("wantstate", VrrpText.Number(status.WantedState))
            .Number("version", (int)options.Version)
            .Bool("smtp_alert", details.SmtpAlert)
            .Bool("notify_deleted", details.Notify.ReportDeleted);
        Scripts(json, details.Notify);
        json.Strings("vips", status.Addresses.Where(static address => !address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .Strings("evips", status.Addresses.Where(static address => address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .Strings("vroutes", options.Routes.Select(static route => route.ToString()))
            .Strings("vrules", options.Rules.Select(static rule => rule.ToString()))
            .Strings("track_ifp", details.Tracked.Interfaces.Select(static reference => reference.Name))
            .Strings("track_script", details.Tracked.Scripts
                .Select(reference => configuration.VrrpScripts.FirstOrDefault(script => script.Name == reference.Name))
                .OfType<VrrpScriptConfiguration>().Select(static script => VrrpText.Command(script.Script)))
            .Strings("track_process", details.Tracked.Processes.Select(static reference => reference.Name))
            .Number("auth_type", (int)options.Authentication.Type);
        if (options.Authentication.Type != VrrpAuthenticationType.None)
            json.String("auth_data", "********");
        json.EndObject();
    }

    private static void Scripts(JsonText json, NotifyScripts scripts)
    {
        Add("script_backup", scripts.Backup);
        Add("script_master", scripts.Master);
        Add("script_fault", scripts.Fault);
        Add("script_stop", scripts.Stop);
        Add("script_deleted", scripts.Deleted);
        Add("script", scripts.Any);
        Add("script_master_rx_lower_pri", scripts.MasterReceivedLowerPriority);

        void Add(string name, ScriptConfiguration? script)
        {
            if (script is not null)
                json.String(name, VrrpText.Command(script));
        }
    }

    private static long Flag(bool value) => value ? 1 : 0;

    private static double Seconds(DateTimeOffset? time) =>
        time is { } moment ? (moment - DateTimeOffset.UnixEpoch).TotalSeconds : 0;
}
