using System.Globalization;
using Keepalived.Daemon.Configuration.Model;

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
        var (instance, status, garp) = (router.Configuration, router.Status, router.Configuration.Garp);
        json.Object("data").String("iname", instance.Name)
            .Number("dont_track_primary", Flag(instance.DontTrackPrimary))
            .Number("skip_check_adv_addr", Flag(instance.SkipCheckAddresses))
            .Number("strict_mode", Flag(instance.Strict))
            .String("vmac_ifname", instance.Vmac?.Name ?? "");
        if (instance.Interface is { } name)
            json.String("ifp_ifname", name);
        json.Number("master_priority", status.MasterPriority)
            .Raw("last_transition", Seconds(status.LastTransition).ToString("F6", CultureInfo.InvariantCulture))
            .Number("garp_delay", garp.MasterDelay.TotalSeconds)
            .Number("garp_refresh", (long)garp.MasterRefresh.TotalSeconds)
            .Number("garp_rep", garp.MasterRepeat)
            .Number("garp_refresh_rep", garp.MasterRefreshRepeat)
            .Number("garp_lower_prio_delay", (long)garp.LowerPriorityDelay.TotalSeconds)
            .Number("garp_lower_prio_rep", garp.LowerPriorityRepeat)
            .Number("lower_prio_no_advert", Flag(instance.LowerPriorityNoAdvert))
            .Number("higher_prio_send_advert", Flag(instance.HigherPrioritySendAdvert))
            .Number("vrid", instance.VirtualRouterId)
            .Number("base_priority", instance.Priority)
            .Number("effective_priority", status.Priority)
            .Bool("vipset", status.AreAddressesSet)
            .Bool("promote_secondaries", instance.PromoteSecondaries)
            .Number("adver_int", instance.AdvertisementInterval.TotalSeconds)
            .Number("master_adver_int", status.MasterInterval.TotalSeconds)
            .Number("accept", Flag(instance.Accept))
            .Bool("nopreempt", instance.NoPreempt)
            .Number("preempt_delay", (long)instance.PreemptDelay.TotalSeconds)
            .Number("state", VrrpText.Number(status.State))
            .Number("wantstate", VrrpText.Number(status.WantedState))
            .Number("version", instance.Version)
            .Bool("smtp_alert", instance.SmtpAlert)
            .Bool("notify_deleted", instance.Notify.ReportDeleted);
        Scripts(json, instance.Notify);
        json.Strings("vips", status.Addresses.Where(static address => !address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .Strings("evips", status.Addresses.Where(static address => address.IsExcluded).Select(static address => VrrpText.Address(address)))
            .Strings("vroutes", instance.VirtualRoutes.Select(static route => route.Route.ToString()))
            .Strings("vrules", instance.VirtualRules.Select(static rule => rule.Rule.ToString()))
            .Strings("track_ifp", instance.TrackInterfaces.Select(static reference => reference.Name))
            .Strings("track_script", instance.TrackScripts
                .Select(reference => configuration.VrrpScripts.FirstOrDefault(script => script.Name == reference.Name))
                .OfType<VrrpScriptConfiguration>().Select(static script => VrrpText.Command(script.Script)))
            .Strings("track_process", instance.TrackProcesses.Select(static reference => reference.Name))
            .Number("auth_type", instance.Authentication?.Type switch
            {
                AuthenticationType.Password => 1,
                AuthenticationType.AuthenticationHeader => 2,
                _ => 0,
            });
        if (instance.Authentication is not null)
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
