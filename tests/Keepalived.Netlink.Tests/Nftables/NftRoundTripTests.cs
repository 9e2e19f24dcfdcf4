using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Nftables.Expressions;

namespace Keepalived.Netlink.Tests.Nftables;

/// <summary>
/// What nft has made is read, made again in another table, and listed by nft: both lists are the same, and what was read twice is equal.
/// </summary>
public sealed class NftRoundTripTests : NftFixture
{
    private const string Everything = """
        table inet one {
            comment "all there is"
            counter seen { comment "a named one"
            }
            quota much { over 25 mbytes }
            limit slow { rate 5/second burst 3 packets }
            set plain { type ipv4_addr; elements = { 192.0.2.1, 192.0.2.2 comment "second" } }
            set ranges { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 192.168.1.5-192.168.1.9 } }
            set timed { type ipv6_addr; flags timeout; timeout 1h; size 1000; comment "ends";
            }
            set pairs { type ipv6_addr . iface_index; elements = { fe80::1 . "lo" } }
            set fields { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0-10.0.0.9 . 80-90 } }
            set counted { type inet_service; counter; elements = { 80, 443 } }
            set learned { type ipv4_addr; flags dynamic,timeout; size 128; timeout 1m;
            }
            map marks { type inet_service : mark; elements = { 80 : 0x00000001, 443 : 0x00000002 } }
            map links { type iface_index : iface_index; elements = { "lo" : "lo" } }
            map counters { type ipv4_addr : counter; elements = { 192.0.2.1 : "seen" } }
            map verdicts { type inet_service : verdict; elements = { 22 : accept, 23 : drop, 24 : goto side } }
            chain side {
                counter return
            }
            chain input {
                type filter hook input priority filter - 1; policy drop;
                ct state established,related accept
                ct state vmap { invalid : drop, new : continue }
                iifname "lo" accept comment "itself"
                meta iifkind "macvlan" counter packets 7 bytes 77 drop
                ip saddr @plain counter name "seen" drop
                ip saddr != @ranges meta mark set 0x00000007
                ip6 saddr . iif @pairs accept
                ip saddr . tcp dport @fields accept
                ip6 saddr & ffc0:: == fe80:: jump side
                tcp dport 1000-2000 limit rate over 10/second burst 5 packets drop
                tcp dport != 5000-6000 limit rate 1 mbytes/second accept
                tcp flags syn tcp option maxseg size 1-500 drop
                meta mark set tcp dport map @marks
                counter name ip saddr map @counters
                quota name "much" drop
                limit name "slow" accept
                quota until 10 kbytes accept
                tcp dport vmap @verdicts
                udp dport { 53, 67-69 } log prefix "dns " level info flags all
                udp dport 99 log prefix "group " group 5 snaplen 64 queue-threshold 3
                update @learned { ip saddr timeout 30s counter }
                add @learned { ip saddr limit rate over 10/minute }
                delete @learned { ip daddr }
                meta l4proto tcp reject with tcp reset
                icmp type echo-request reject with icmpx admin-prohibited
                ip protocol icmp reject with icmp host-unreachable
                fib saddr . iif oif missing drop
                fib daddr type local accept
                meta mark set numgen inc mod 3 offset 10
                meta mark set jhash ip saddr . tcp sport mod 8 seed 0xabcd
                meta mark set symhash mod 4
                meta mark set meta mark & 0x0000ff00 | 0x00000001
                meta mark set meta mark << 8
                exthdr frag exists drop
                frag more-fragments 1 drop
                ct mark set meta mark
                meta priority set 1:10
                ip dscp set cs6
                tcp dport set 8080
                ct original packets > 10 accept
                meta length 100-200 accept
                th dport 4789 accept
            }
            chain output {
                type filter hook output priority raw; policy accept;
                ip daddr 192.0.2.9 notrack
                rt ip nexthop 192.0.2.1 drop
            }
        }
        table ip one {
            chain prerouting {
                type nat hook prerouting priority dstnat;
                tcp dport 80 dnat to 192.0.2.10-192.0.2.20:8080-8090 random
                tcp dport 81 redirect to :3128
                tcp dport 82 dnat to 10.0.0.1:80
            }
            chain postrouting {
                type nat hook postrouting priority srcnat;
                oifname "eth0" meta l4proto tcp masquerade to :1024-65535 fully-random
                ip saddr 10.0.0.0/8 snat to 192.0.2.1 persistent
                masquerade
            }
            chain copy {
                type filter hook output priority mangle;
                ip protocol igmp dup to ip daddr device "lo" drop
            }
        }
        table netdev one {
            chain in {
                type filter hook ingress device "lo" priority 10; policy accept;
                ip saddr 192.0.2.77 drop
                ip saddr 192.0.2.78 fwd to "lo"
            }
        }
        """;

    [Test]
    public async Task EverythingMadeByNft_ReadAndMadeAgain_IsTheSame()
    {
        Nft(Everything);
        var before = ListRuleset();
        var snapshot = await SnapshotAsync();
        var transaction = new NftTransaction();
        foreach (var table in snapshot.Tables)
            transaction.DeleteTable(table.Family, table.Name);
        Add(transaction, snapshot);
        await Client.CommitAsync(transaction);
        Assert.That(ListRuleset(), Is.EqualTo(before));
        var again = await SnapshotAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Rules.Select(Plain), Is.EqualTo(snapshot.Rules.Select(Plain)));
            Assert.That(again.Sets.Select(set => set with { Handle = 0 }), Is.EqualTo(snapshot.Sets.Select(set => set with { Handle = 0 })));
            Assert.That(again.Chains.Select(chain => chain with { Handle = 0 }), Is.EqualTo(snapshot.Chains.Select(chain => chain with { Handle = 0 })));
        }
    }

    [Test]
    public async Task EverythingMadeByNft_IsKnown_ButWhatIsSaidToBeKeptAsItIs()
    {
        Nft(Everything);
        var unknown = (await Client.GetRulesAsync()).SelectMany(rule => rule.Expressions).OfType<UnknownExpression>().Select(e => e.Name);
        Assert.That(unknown.Distinct(), Is.EquivalentTo(["rt"]));
    }

    private static NftRule Plain(NftRule rule) => rule with
    {
        Handle = 0,
        Expressions = [.. rule.Expressions.Select(static e => e is LookupExpression l && l.Set.StartsWith("__", StringComparison.Ordinal)
            ? l with { Set = "anonymous" } : e)],
    };

    private static void Add(NftTransaction transaction, Snapshot snapshot)
    {
        foreach (var table in snapshot.Tables)
            transaction.CreateTable(table);
        foreach (var chain in snapshot.Chains)
            transaction.CreateChain(chain);
        foreach (var value in snapshot.Objects)
            transaction.CreateObject(value);
        var ids = new Dictionary<(NftFamily, string, string), uint>();
        foreach (var (set, elements) in snapshot.Sets.Zip(snapshot.Elements))
        {
            var id = (uint)ids.Count + 1;
            ids.Add((set.Family, set.Table, set.Name), id);
            var own = set with { Id = id };
            if (own.Flags.HasFlag(NftSetFlags.Anonymous))
                own = new NftSet(set.Family, set.Table, set.Name.StartsWith("__map", StringComparison.Ordinal) ? "__map%d" : "__set%d", set.KeyType, set.KeyLength)
                {
                    Flags = set.Flags,
                    DataType = set.DataType,
                    DataLength = set.DataLength,
                    FieldLengths = set.FieldLengths,
                    Size = set.Size,
                    ElementExpressions = set.ElementExpressions,
                    Id = id,
                };
            transaction.CreateSet(own);
            if (elements.Count > 0)
                transaction.AddElements(own, elements);
        }

        foreach (var rule in snapshot.Rules)
        {
            transaction.AddRule(rule with
            {
                Expressions = [.. rule.Expressions.Select(e => e is LookupExpression l ? WithId(l, ids[(rule.Family, rule.Table, l.Set)]) : e)],
            });
        }
    }

    private static LookupExpression WithId(LookupExpression lookup, uint id) => lookup with { SetId = id };

    private async Task<Snapshot> SnapshotAsync()
    {
        var sets = await Client.GetSetsAsync();
        List<IReadOnlyList<NftElement>> elements = [];
        foreach (var set in sets)
            elements.Add(await Client.GetElementsAsync(set.Family, set.Table, set.Name));
        return new Snapshot(
            await Client.GetTablesAsync(), await Client.GetChainsAsync(), await Client.GetRulesAsync(), sets, elements,
            await Client.GetObjectsAsync());
    }

    private sealed record Snapshot(
        IReadOnlyList<NftTable> Tables, IReadOnlyList<NftChain> Chains, IReadOnlyList<NftRule> Rules, IReadOnlyList<NftSet> Sets,
        IReadOnlyList<IReadOnlyList<NftElement>> Elements, IReadOnlyList<NftObject> Objects);
}
