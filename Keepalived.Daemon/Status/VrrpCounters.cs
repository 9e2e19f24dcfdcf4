using System.Runtime.CompilerServices;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>
/// The counters of virtual routers as the operator sees them: since the start, or since they were cleared. (The routers' own go on counting,
/// for whoever else reads them.)
/// </summary>
internal sealed class VrrpCounters
{
    /// <summary>The names in JSON, and where the values come from.</summary>
    private static readonly (string Name, Func<VrrpStatistics, long> Read)[] Counters =
    [
        ("advert_rcvd", static counters => counters.AdvertisementsReceived),
        ("advert_sent", static counters => counters.AdvertisementsSent),
        ("become_master", static counters => counters.BecameMaster),
        ("release_master", static counters => counters.ReleasedMaster),
        ("packet_len_err", static counters => counters.PacketLengthErrors),
        ("advert_interval_err", static counters => counters.IntervalErrors),
        ("ip_ttl_err", static counters => counters.HopLimitErrors),
        ("invalid_type_rcvd", static counters => counters.InvalidTypeReceived),
        ("addr_list_err", static counters => counters.AddressListErrors),
        ("invalid_authtype", static counters => counters.InvalidAuthenticationTypes),
        ("authtype_mismatch", static counters => counters.AuthenticationTypeMismatches),
        ("auth_failure", static counters => counters.AuthenticationFailures),
        ("auth_ext_missing", static counters => counters.HmacMissing),
        ("auth_ext_malformed", static counters => counters.HmacMalformed),
        ("auth_ext_unknown_key", static counters => counters.HmacUnknownKeys),
        ("auth_ext_invalid_hmac", static counters => counters.HmacInvalid),
        ("auth_ext_stale", static counters => counters.HmacStale),
        ("auth_ext_replay", static counters => counters.HmacReplays),
        ("pri_zero_rcvd", static counters => counters.PriorityZeroReceived),
        ("pri_zero_sent", static counters => counters.PriorityZeroSent),
    ];

    private readonly ConditionalWeakTable<VirtualRouter, long[]> _cleared = [];

    /// <summary>The counters of a router, by their names in JSON, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Read(VirtualRouter router)
    {
        var values = ReadAll(router.Statistics);
        var since = _cleared.TryGetValue(router, out var cleared) ? cleared : new long[values.Length];
        return [.. Counters.Select((counter, i) => KeyValuePair.Create(counter.Name, values[i] - since[i]))];
    }

    /// <summary>Begins at zero.</summary>
    public void Clear(IEnumerable<VirtualRouter> routers)
    {
        foreach (var router in routers)
            _cleared.AddOrUpdate(router, ReadAll(router.Statistics));
    }

    private static long[] ReadAll(VrrpStatistics statistics) => [.. Counters.Select(counter => counter.Read(statistics))];
}
