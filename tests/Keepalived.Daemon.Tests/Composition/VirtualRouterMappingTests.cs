using System.Net.Sockets;
using System.Text;
using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Tests.Configuration;
using Keepalived.Netlink;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Daemon.Tests.Composition;

/// <summary>From the operator's text to the library's options, keyword by keyword.</summary>
public sealed class VirtualRouterMappingTests
{
    [TestCase("priority 150", "Priority", (byte)150)]
    [TestCase("nopreempt", "Preempt", false)]
    [TestCase("preempt_delay 7.5", "PreemptDelay", 7.5)]
    [TestCase("advert_int 3", "AdvertisementInterval", 3.0)]
    [TestCase("version 3\nadvert_int 0.05", "AdvertisementInterval", 0.05)]
    [TestCase("version 3", "Version", VrrpVersion.V3)]
    [TestCase("", "Version", VrrpVersion.V2)]
    [TestCase("dont_track_primary", "TrackPrimaryInterface", false)]
    [TestCase("higher_prio_send_advert", "HigherPrioritySendAdvertisement", true)]
    [TestCase("lower_prio_no_advert", "LowerPriorityNoAdvertisement", true)]
    [TestCase("down_timer_adverts 5", "DownTimerAdverts", 5)]
    [TestCase("skip_check_adv_addr", "SkipAddressCheckOfMaster", true)]
    [TestCase("mcast_src_ip 192.0.2.7", "SourceAddress", "192.0.2.7")]
    [TestCase("mcast_src_ip 192.0.2.7\ntrack_src_ip", "TrackSourceAddress", true)]
    [TestCase("version 3\nv3_checksum_as_v2", "ChecksumForm", VrrpChecksumForm.MessageOnly)]
    [TestCase("unicast_peer {\n192.0.2.9\n}\ncheck_unicast_src", "CheckUnicastSource", true)]
    [TestCase("unicast_peer {\n192.0.2.9\n}\nunicast_ttl 64", "UnicastHopLimit", (byte)64)]
    [TestCase("kernel_rx_buf_size 70000", "ReceiveBufferSize", 70000)]
    [TestCase("nopreempt\ntimer_expired_backup 80", "LateTimerPeerPriority", (byte)80)]
    [TestCase("nopreempt\ntimer_expired_backup", "LateTimerPeerPriority", (byte)254)]
    [TestCase("nopreempt\nthread_timer_expired 7", "LateTimerPeerPriority", (byte)7)]
    [TestCase("timer_expired_backup 80", "LateTimerPeerPriority", null)]
    public void Keyword_BecomesOption(string keyword, string property, object? expected)
    {
        var options = Options(keyword);
        var value = typeof(VirtualRouterOptions).GetProperty(property)!.GetValue(options);
        value = value switch
        {
            TimeSpan span => span.TotalSeconds,
            InetAddress address => address.ToString(),
            _ => value,
        };
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(options.FindErrors(), Is.Empty, "what the configuration accepts, the library does, too");
    }

    [TestCase("vrrp_rx_bufs_policy ADVERT", 3 * (20 + 8 + 4 + 8))]
    [TestCase("vrrp_rx_bufs_policy MTU\nvrrp_rx_bufs_multiplier 4", 4 * 1500)]
    [TestCase("vrrp_rx_bufs_policy 77000", 77000)]
    public void ReceiveBufferPolicy_BecomesASize(string global, int size) =>
        Assert.That(Options("", $"global_defs {{\n{global}\n}}\n").ReceiveBufferSize, Is.EqualTo(size));

    [Test]
    public void GarpKeywords_BecomeAnnouncements()
    {
        var announcements = Options(
            """
            garp_master_delay 2
            garp_master_repeat 3
            garp_master_refresh 60
            garp_master_refresh_repeat 4
            garp_lower_prio_delay 6
            garp_lower_prio_repeat 7
            """).Announcements;
        Assert.That(announcements, Is.EqualTo(new VrrpAnnouncementOptions
        {
            Delay = TimeSpan.FromSeconds(2),
            Repeat = 3,
            Refresh = TimeSpan.FromSeconds(60),
            RefreshRepeat = 4,
            LowerPriorityDelay = TimeSpan.FromSeconds(6),
            LowerPriorityRepeat = 7,
        }));
    }

    [Test]
    public void Addresses_KeepTheirOptions()
    {
        var options = Load("virtual_ipaddress {\n192.0.2.100/24 brd + dev eth1 label eth1:7 scope link no_track\n}\nvirtual_ipaddress_excluded {\n2001:db8::1/64 -nodad\n}");
        Assert.That(options.Addresses.Single(), Is.EqualTo(new VirtualAddress(InetPrefix.Parse("192.0.2.100/24"))
        {
            Broadcast = InetAddress.Parse("192.0.2.255"),
            Device = "eth1",
            Label = "eth1:7",
            Scope = 253,
            Track = false,
            PreferredLifetime = Timeout.InfiniteTimeSpan,
        }));
        Assert.That(options.ExcludedAddresses.Single().DuplicateAddressDetection, Is.True);
        Assert.That(options.EffectiveFamily, Is.EqualTo(AddressFamily.InterNetwork));
    }

    [Test]
    public void Peers_KeepTheirHopLimits()
    {
        var options = Options("unicast_peer {\n192.0.2.8 min_ttl 254\n192.0.2.9 max_ttl 9\n}");
        Assert.That(options.Peers, Is.EqualTo(new[]
        {
            new VrrpPeer(InetAddress.Parse("192.0.2.8"), 254),
            new VrrpPeer(InetAddress.Parse("192.0.2.9"), 0, 9),
        }));
    }

    [Test]
    public void Password_IsCarriedButNeverPrinted()
    {
        var options = Options("authentication {\nauth_type PASS\nauth_pass s3cret\n}");
        Assert.That(options.Authentication, Is.EqualTo(VrrpAuthentication.Pass("s3cret")));
        Assert.That(options.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public void AuthenticationHeader_IsCarriedButNeverPrinted()
    {
        var options = Options("authentication {\nauth_type AH\nauth_pass s3cret\n}");
        Assert.That(options.Authentication, Is.EqualTo(VrrpAuthentication.AuthenticationHeader("s3cret")));
        Assert.That((options.ConfigurationError, options.FindErrors().Length), Is.EqualTo(((string?)null, 0)));
        Assert.That(options.ToString(), Does.Not.Contain("s3cret"));
    }

    [Test]
    public void Hmac_IsCarriedButNeverPrinted()
    {
        var digits = string.Concat(Enumerable.Range(0, 32).Select(static i => $"{i:x2}"));
        const string text = "a-key-of-forty-bytes-in-plain-characters";
        var options = Options(
            $"auth_hmac {{\nkey 1 hex:{digits}\nkey 7 {text}\nactive_key 7\nmode permissive\nanti_replay time\ntime_window 9\n}}");
        Assert.That(options.Hmac, Is.EqualTo(new VrrpHmacOptions
        {
            Keys =
            [
                new VrrpHmacKey(1, [.. Enumerable.Range(0, 32).Select(static i => (byte)i)]),
                new VrrpHmacKey(7, Encoding.ASCII.GetBytes(text)),
            ],
            ActiveKeyId = 7,
            Mode = VrrpHmacMode.Permissive,
            TimeWindow = TimeSpan.FromSeconds(9),
        }));
        Assert.That(options.FindErrors(), Is.Empty);
        Assert.That(options.ToString() + options.Hmac, Does.Not.Contain("a-key").And.Not.Contain(digits));
    }

    [TestCase("mode receive-only\nanti_replay monotonic", VrrpHmacMode.ReceiveOnly, VrrpReplayProtection.Monotonic)]
    [TestCase("mode enforce", VrrpHmacMode.Enforce, VrrpReplayProtection.Time)]
    [TestCase("", VrrpHmacMode.Enforce, VrrpReplayProtection.Time)]
    public void Hmac_Modes_AreCarried(string keywords, VrrpHmacMode mode, VrrpReplayProtection replay)
    {
        var options = Options($"auth_hmac {{\nkey 1 {new string('k', 32)}\nactive_key 1\n{keywords}\n}}");
        var hmac = options.Hmac!;
        Assert.That((hmac.Mode, hmac.ReplayProtection, hmac.TimeWindow), Is.EqualTo((mode, replay, (TimeSpan?)null)));
    }

    [TestCase("chk", 5, false)]
    [TestCase("chk weight -9", -9, false)]
    [TestCase("chk weight 9 reverse", 9, true)]
    public void TrackedScript_ReferenceWinsOverTheScriptsOwnWeight(string reference, int weight, bool reverse)
    {
        var options = Options(
            $"track_script {{\n{reference}\n}}", "vrrp_script chk {\nscript \"/bin/true\"\nweight 5\n}\n");
        Assert.That(options.TrackedObjects, Is.EqualTo(new[] { new TrackedObject("chk", new TrackerWeight(weight, reverse)) }));
    }

    [Test]
    public void TrackedInterfaces_BecomeTrackers()
    {
        var options = Options("track_interface {\neth1 weight -20\n}");
        Assert.That(options.TrackedInterfaces, Is.EqualTo(new[] { new TrackedObject("eth1", new TrackerWeight(-20)) }));
    }

    private static VirtualRouterOptions Options(string keywords, string before = "") =>
        Load("virtual_ipaddress {\n192.0.2.100\n}\n" + keywords, before);

    private static VirtualRouterOptions Load(string keywords, string before = "")
    {
        var result = Configuration.Load.Text(
            $"global_defs {{\nenable_script_security\nscript_user root\n}}\n{before}vrrp_instance VI {{\ninterface eth0\nvirtual_router_id 51\n{keywords}\n}}\n");
        Assert.That(result.HasFaults, Is.False, Configuration.Load.Describe(result));
        var instance = result.Configuration.VrrpInstances[0];
        return instance.ToOptions(result.Configuration.Global).WithTrackers(instance, result.Configuration);
    }
}
