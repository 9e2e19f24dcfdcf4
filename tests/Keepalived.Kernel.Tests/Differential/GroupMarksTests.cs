using System.Globalization;
using System.Text.RegularExpressions;
using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Differential;

/// <summary>
/// <c>nftables_ipvs</c>: the packet filter and the IPVS table are those of the distribution's keepalived. User-Mode Linux has no packet filter
/// for IPv4: <c>KEEPALIVED_KERNEL=qemu</c> runs this.
/// </summary>
public sealed partial class GroupMarksTests
{
    private const int Patience = 60_000;

    [Test]
    public void Tables_AfterStartReloadAndEnd_AreTheRealOnes([Values] bool counts)
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make network namespaces");
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Assume.That(OurDaemon.Path, Is.Not.Null, "our daemon is not built");
        using var first = new Node();
        using var second = new Node();
        Shell.Try(null, "modprobe", "nf_tables");
        var probe = Shell.Try(null, "ip", "netns", "exec", first.Name, "nft", "add", "table", "ip", "probe");
        if (probe.Status != 0)
            Assert.Inconclusive($"this kernel has no nf_tables of IPv4: {probe.Error}");
        first.Run("nft", "delete", "table", "ip", "probe");

        var words = counts ? "kdk\nnftables_ipvs_priority 7\nnftables_ipvs_start_fwmark 500\nnftables_counters" : "";
        using var real = RunningKeepalived.Start(first, Configuration(words, "10.0.0.5-9 81", "2001:db8::1 80"));
        using var ours = RunningKeepalived.Start(second, OurDaemon.Path!, Configuration(words, "10.0.0.5-9 81", "2001:db8::1 80"));
        ExpectEqual("10.0.0.5-10.0.0.9 . 81", "at the start");
        var changed = Configuration(words, "10.0.0.5-10 81\n10.0.0.77 80", "2001:db8::2 80") + Service("new", "TCP") + "\nvirtual_server_group new {\n10.0.4.1 80\n}";
        real.Reload(changed);
        ours.Reload(changed);
        ExpectEqual("10.0.0.77 . 80", "after the reload");
        ours.KillChild("checkers");
        ExpectEqual("10.0.0.77 . 80", "after a death");
        Assert.That((real.Stop(), ours.Stop()), Is.EqualTo((0, 0)));
        Assert.That((Filter(first), Table(second)), Is.EqualTo((Filter(second), "")), "after the end");

        void ExpectEqual(string has, string when)
        {
            Assert.That(() => Filter(first), Does.Contain(has).After(Patience, 500), when);
            Assert.That(() => Tables(second), Is.EqualTo(Tables(first)).After(Patience, 500), when);
        }
    }

    private static string Configuration(string words, string range, string address) => $$"""
        global_defs {
            nftables_ipvs {{words}}
        }
        virtual_server_group mixed {
            10.0.0.1 80
            {{range}}
            10.0.1.0/30 82
            {{address}}
        }
        virtual_server_group four {
            10.0.2.1 53
            10.0.2.7-12 53
        }
        virtual_server_group marked {
            fwmark 5
        }
        {{Service("mixed", "TCP", "TUN")}}
        {{Service("four", "UDP")}}
        {{Service("four", "TCP")}}
        virtual_server group marked {
            lvs_sched rr
            lvs_method NAT
            real_server 10.1.0.13 80 {
            }
        }
        """;

    private static string Service(string group, string protocol, string method = "NAT") => $$"""

        virtual_server group {{group}} {
            lvs_sched rr
            lvs_method {{method}}
            protocol {{protocol}}
            real_server 10.1.0.11 80 {
            }
        }
        """;

    /// <summary>The packet filter, the elements of its maps in order.</summary>
    private static string Filter(Node node) => string.Join('\n', node.Run("nft", "list", "ruleset").Split('\n')
        .Select(static line => line.Replace("elements = {", "", StringComparison.Ordinal).Trim(' ', '\t', ',', '}')).Order(StringComparer.Ordinal));

    private static string Table(Node node) => node.Run("ipvsadm", "-S", "-n");

    /// <summary>Both, with marks by the order in which they appear: which number a reload gives is nobody's business.</summary>
    private static string Tables(Node node)
    {
        var filter = Filter(node);
        var marks = MarkOfElement().Matches(filter).Select(static match => Convert.ToUInt32(match.Groups[1].Value, 16)).Distinct().ToList();
        var elements = MarkOfElement().Replace(filter, match => Name(Convert.ToUInt32(match.Groups[1].Value, 16)));
        var services = MarkOfService().Replace(Table(node), match => Name(uint.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        return elements + "\n" + string.Join('\n', services.Split('\n').Order(StringComparer.Ordinal));

        string Name(uint mark) => marks.Contains(mark) ? $" mark {marks.IndexOf(mark)}" : $" {mark}";
    }

    [GeneratedRegex(" : 0x([0-9a-f]{8})")]
    private static partial Regex MarkOfElement();

    [GeneratedRegex(" -f ([0-9]+)")]
    private static partial Regex MarkOfService();
}
