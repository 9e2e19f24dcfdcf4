namespace Keepalived.Daemon.Status;

/// <summary>The counters of all instances, as text.</summary>
internal static class VrrpStatisticsDump
{
    public static string Create(IEnumerable<VrrpRouterSnapshot> routers)
    {
        var text = new DumpText();
        foreach (var router in routers)
        {
            var counters = router.Counters.ToDictionary(StringComparer.Ordinal);
            text.Line(0, $"VRRP Instance: {router.Options.Name}");
            Group("Advertisements", ("Received", "advert_rcvd"), ("Sent", "advert_sent"));
            text.Line(2, $"Became master: {counters["become_master"]}").Line(2, $"Released master: {counters["release_master"]}");
            Group("Packet Errors", ("Length", "packet_len_err"), ("TTL", "ip_ttl_err"), ("Invalid Type", "invalid_type_rcvd"),
                ("Advertisement Interval", "advert_interval_err"), ("Address List", "addr_list_err"));
            Group("Authentication Errors", ("Invalid Type", "invalid_authtype"), ("Type Mismatch", "authtype_mismatch"),
                ("Failure", "auth_failure"));
            Group("Authentication Extension Errors", ("Missing", "auth_ext_missing"), ("Malformed", "auth_ext_malformed"),
                ("Unknown Key", "auth_ext_unknown_key"), ("Invalid HMAC", "auth_ext_invalid_hmac"), ("Stale", "auth_ext_stale"),
                ("Replay", "auth_ext_replay"));
            Group("Priority Zero", ("Received", "pri_zero_rcvd"), ("Sent", "pri_zero_sent"));

            void Group(string title, params ReadOnlySpan<(string Label, string Name)> members)
            {
                text.Line(2, title + ":");
                foreach (var (label, name) in members)
                    text.Line(4, $"{label}: {counters[name]}");
            }
        }

        return text.ToString();
    }
}
