using System.Net.Sockets;
using System.Text;
using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Tests.Configuration;
using Keepalived.Netlink;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Daemon.Tests.Composition;

/// <summary>From the operator's text to the library's options, keyword by keyword.</summary>
public sealed class VirtualRouterMappingTests
{
    [TestCase("priority 150", "Priority", (byte)150)]
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
    [TestCase("nopreempt\npreempt", "Preempt", true)]
    [TestCase("nopreempt", "Preempt", false)]
    [TestCase("priority 255", "InitialState", VrrpState.Master)]
    [TestCase("state MASTER", "InitialState", VrrpState.Master)]
    [TestCase("", "InitialState", VrrpState.Backup)]
    [TestCase("mcast_dst_ip 224.0.0.77", "Group", "224.0.0.77")]
    [TestCase("unicast_src_ip 192.0.2.7\nunicast_peer {\n192.0.2.9\n}", "SourceAddress", "192.0.2.7")]
    [TestCase("priority 255\nowner_ignore_adverts", "OwnerIgnoreAdvertisements", true)]
    [TestCase("priority 255\nowner_ignore_adverts off", "OwnerIgnoreAdvertisements", false)]
    [TestCase("unicast_peer {\n192.0.2.9\n}\nold_unicast_checksum", "OldUnicastChecksum", VrrpOldUnicastChecksum.Always)]
    [TestCase("unicast_peer {\n192.0.2.9\n}\nold_unicast_checksum never", "OldUnicastChecksum", VrrpOldUnicastChecksum.Never)]
    [TestCase("", "OldUnicastChecksum", VrrpOldUnicastChecksum.Detect)]
    [TestCase("use_vmac\nuse_vmac_addr", "VirtualMacForAddresses", true)]
    [TestCase("promote_secondaries", "PromoteSecondaries", true)]
    [TestCase("accept", "AcceptMode", true)]
    [TestCase("no_accept", "AcceptMode", false)]
    [TestCase("skip_check_adv_addr off", "SkipAddressCheckOfMaster", false)]
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

    /// <summary>What only the library would object to must not keep all others from starting.</summary>
    [TestCase("unicast_peer {\n224.1.1.1\n192.0.2.7\n}")]
    [TestCase("unicast_peer {\n0.0.0.0\n192.0.2.7\n}")]
    [TestCase("unicast_peer {\n192.0.2.7 min_ttl 200 max_ttl 100\n}", true)]
    [TestCase("mcast_src_ip 224.0.0.5")]
    [TestCase("mcast_src_ip 0.0.0.0")]
    [TestCase("virtual_ipaddress_excluded {\n192.0.2.100\n192.0.2.101\n}")]
    [TestCase("virtual_ipaddress_excluded {\n192.0.2.100 dev eth0\n}")]
    public void Value_ThatNoRouterCanUse_IsSaidAndLeftOut(string keywords, bool isFault = false)
    {
        var result = Configuration.Load.Text(
            $"vrrp_instance VI {{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {{\n192.0.2.100\n}}\n{keywords}\n}}\n");
        Assert.That(result.Diagnostics, Is.Not.Empty);
        Assert.That(result.TestExitCode != 0, Is.EqualTo(isFault), Configuration.Load.Describe(result));
        Assert.That(result.Configuration.VrrpInstances[0].ToOptions(result.Configuration.Global).FindErrors(), Is.Empty);
    }

    // What the instance says wins over what is said for all.
    [TestCase("vrrp_version 3", "", "Version", VrrpVersion.V3)]
    [TestCase("vrrp_version 3", "version 2", "Version", VrrpVersion.V2)]
    [TestCase("vrrp_mcast_group4 224.0.0.50", "", "Group", "224.0.0.50")]
    [TestCase("vrrp_mcast_group4 224.0.0.50", "mcast_dst_ip 224.0.0.77", "Group", "224.0.0.77")]
    [TestCase("vrrp_down_timer_adverts 7", "", "DownTimerAdverts", 7)]
    [TestCase("vrrp_down_timer_adverts 7", "down_timer_adverts 5", "DownTimerAdverts", 5)]
    [TestCase("vrrp_skip_check_adv_addr", "", "SkipAddressCheckOfMaster", true)]
    [TestCase("vrrp_skip_check_adv_addr", "skip_check_adv_addr off", "SkipAddressCheckOfMaster", false)]
    [TestCase("vrrp_higher_prio_send_advert", "", "HigherPrioritySendAdvertisement", true)]
    [TestCase("vrrp_higher_prio_send_advert", "higher_prio_send_advert off", "HigherPrioritySendAdvertisement", false)]
    [TestCase("vrrp_lower_prio_no_advert", "", "LowerPriorityNoAdvertisement", true)]
    [TestCase("vrrp_lower_prio_no_advert", "lower_prio_no_advert off", "LowerPriorityNoAdvertisement", false)]
    [TestCase("vrrp_owner_ignore_adverts", "priority 255", "OwnerIgnoreAdvertisements", true)]
    [TestCase("vrrp_owner_ignore_adverts", "priority 254", "OwnerIgnoreAdvertisements", false)]
    [TestCase("vrrp_check_unicast_src", "unicast_peer {\n192.0.2.9\n}", "CheckUnicastSource", true)]
    [TestCase("v3_checksum_as_v2", "version 3", "ChecksumForm", VrrpChecksumForm.MessageOnly)]
    [TestCase("v3_checksum_as_v2", "version 3\nv3_checksum_as_v2 off", "ChecksumForm", VrrpChecksumForm.PseudoHeader)]
    [TestCase("vrrp_garp_interval 0.25", "", "ArpInterval", 0.25)]
    [TestCase("vrrp_gna_interval 0.125", "", "NeighborAdvertisementInterval", 0.125)]
    [TestCase("vrrp_strict", "", "AcceptMode", false)]
    [TestCase("vrrp_strict", "strict_mode off", "AcceptMode", true)]
    [TestCase("vrrp_strict", "", "LowerPriorityNoAdvertisement", true)]
    [TestCase("vrrp_strict", "version 3\ndown_timer_adverts 9", "DownTimerAdverts", 3, "reset")]
    [TestCase("vrrp_strict", "preempt_delay 5", "PreemptDelay", 0.0, "reset")]
    [TestCase("vrrp_strict", "priority 255", "OwnerIgnoreAdvertisements", true)]
    [TestCase("vrrp_strict", "higher_prio_send_advert", "HigherPrioritySendAdvertisement", false, "reset")]
    public void GlobalKeyword_IsTheDefaultOfInstances(string global, string keyword, string property, object? expected, string? fault = null)
    {
        var options = Options(keyword, $"global_defs {{\n{global}\n}}\n", allowFaults: fault is not null);
        var value = typeof(VirtualRouterOptions).GetProperty(property)!.GetValue(options);
        Assert.That(
            value switch { TimeSpan span => span.TotalSeconds, InetAddress address => address.ToString(), _ => value }, Is.EqualTo(expected));
    }

    [Test]
    public void GlobalGarpKeywords_AreTheDefaults_AndMinGarpTakesTheRest()
    {
        const string Global =
            "global_defs {\nvrrp_garp_master_delay 2\nvrrp_garp_master_repeat 3\nvrrp_garp_master_refresh 60\nvrrp_garp_master_refresh_repeat 4\n"
            + "vrrp_garp_lower_prio_delay 6\nvrrp_garp_lower_prio_repeat 7\nvrrp_garp_extra_if all 9\n}\n";
        Assert.That(Options("", Global).Announcements, Is.EqualTo(new VrrpAnnouncementOptions
        {
            Delay = TimeSpan.FromSeconds(2),
            Repeat = 3,
            Refresh = TimeSpan.FromSeconds(60),
            RefreshRepeat = 4,
            LowerPriorityDelay = TimeSpan.FromSeconds(6),
            LowerPriorityRepeat = 7,
            ExtraInterval = TimeSpan.FromSeconds(9),
            ExtraOnAllInterfaces = true,
        }));
        var least = Options("", "global_defs {\nvrrp_min_garp\n}\n").Announcements;
        Assert.That((least.Delay, least.Repeat, least.Refresh, least.RefreshRepeat), Is.EqualTo((TimeSpan.Zero, 1, TimeSpan.Zero, 0)).Or
            .EqualTo((TimeSpan.Zero, 1, TimeSpan.Zero, 1)));
        Assert.That(Options("garp_master_repeat 4", "global_defs {\nvrrp_min_garp\n}\n").Announcements.Repeat, Is.EqualTo(4));
    }

    [TestCase("garp_extra_if 7", false)]
    [TestCase("garp_extra_if all 7", true)]
    [TestCase("vmac_garp_intvl 7", false)]
    [TestCase("vmac_garp_intvl all 7", true)]
    public void ExtraInterfaces_AreAnnouncedAtTheirInterval(string keyword, bool all)
    {
        var announcements = Load(
            $"virtual_ipaddress {{\n192.0.2.100\n198.51.100.1 dev eth1\n}}\nuse_vmac\nuse_vmac_addr\n{keyword}", allowFaults: true).Announcements;
        Assert.That((announcements.ExtraInterval, announcements.ExtraOnAllInterfaces), Is.EqualTo((TimeSpan.FromSeconds(7), all)));
    }

    [Test]
    public void InterfaceKeywords_BecomeInterfaceOptions()
    {
        var options = Configuration.Load.Text(
            """
            global_defs {
                vmac_prefix web
                vmac_addr_prefix vip
            }
            linkbeat_interfaces {
                eth0 MII
                eth1
            }
            interface_up_down_delays {
                eth0 0.5 1.25
                eth1 0.25
            }
            vrrp_instance VI {
                interface eth0
                virtual_router_id 51
                advert_int 10
                linkbeat_use_polling
                virtual_ipaddress {
                    192.0.2.100
                }
            }
            """).Configuration.ToInterfaceOptions();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((options.VirtualMacPrefix, options.VirtualMacAddressPrefix, options.PollAll), Is.EqualTo(("web", "vip", false)));
            Assert.That(options.Polled, Is.EqualTo(new[]
            {
                new LinkPolling("eth0"), new LinkPolling("eth0", LinkPollingMethod.Mii), new LinkPolling("eth1"),
            }));
            Assert.That(options.Delays, Is.EqualTo(new[]
            {
                new InterfaceDelay("eth0", TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.25)),
                new InterfaceDelay("eth1", TimeSpan.FromSeconds(0.25), TimeSpan.Zero),
            }));
        }

        Assert.That(Configuration.Load.Text("linkbeat_use_polling\n").Configuration.ToInterfaceOptions().PollAll);
    }

    [TestCase("unicast_src_ip 192.0.2.7\nunicast_fault_no_peer", "unicast_fault_no_peer")]
    [TestCase("use_ipvlan", "use_ipvlan")]
    public void WhatMustNotRun_IsHeldInFault(string keyword, string reason) =>
        Assert.That(Options(keyword, allowFaults: true).ConfigurationError, Does.Contain(reason));

    [Test]
    public void Vrf_WithoutInterface_IsTheDeviceThatSocketsAreBoundTo()
    {
        var result = Configuration.Load.Text(
            "vrrp_instance VI {\nvirtual_router_id 51\nvrf red\nunicast_src_ip 192.0.2.7\nunicast_peer {\n192.0.2.9\n}\n"
            + "virtual_ipaddress {\n192.0.2.100 dev eth0\n}\n}\n");
        var options = result.Configuration.VrrpInstances[0].ToOptions(result.Configuration.Global);
        Assert.That((options.Interface, options.BindDevice, options.FindErrors().Length), Is.EqualTo(((string?)null, "red", 0)));
        Assert.That(Load("vrf red\nvirtual_ipaddress {\n192.0.2.100\n}", allowFaults: true).BindDevice, Is.Null, "with an interface it means nothing");
    }

    // Instance, group, VRRP, all: the nearest that says something.
    [TestCase("", "", false)]
    [TestCase("smtp_alert", "", true)]
    [TestCase("smtp_alert_vrrp", "", true)]
    [TestCase("smtp_alert\nsmtp_alert_vrrp off", "", false)]
    [TestCase("smtp_alert_vrrp", "smtp_alert off", false)]
    [TestCase("", "smtp_alert", true)]
    public void SmtpAlert_IsTheNearestThatIsSaid(string global, string keyword, bool expected)
    {
        var result = Configuration.Load.Text(
            $"global_defs {{\n{global}\n}}\nvrrp_instance VI {{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {{\n192.0.2.100\n}}\n{keyword}\n}}\n"
            + $"vrrp_sync_group G {{\ngroup {{\nVI\n}}\n{keyword}\n}}\n");
        Assert.That(result.Configuration.VrrpInstances[0].SmtpAlert, Is.EqualTo(expected));
        Assert.That(result.Configuration.VrrpSyncGroups[0].SmtpAlert, Is.EqualTo(expected));
    }

    [Test]
    public void NativeIPv6_WithoutAddresses_IsAnIPv6Router()
    {
        var options = Load("native_ipv6\nno_virtual_ipaddress\nvirtual_ipaddress_excluded {\n192.0.2.100\n}");
        Assert.That((options.EffectiveFamily, options.Version, options.Addresses.Length, options.ExcludedAddresses.Length), Is.EqualTo(
            (AddressFamily.InterNetworkV6, VrrpVersion.V3, 0, 1)));
        Assert.That(options.FindErrors(), Is.Empty);
    }

    // RFC 3768 is for IPv4 only.
    [TestCase("", VrrpVersion.V3)]
    [TestCase("version 3", VrrpVersion.V3)]
    public void W16_IPv6Addresses_ForceVersion3(string keyword, VrrpVersion version) =>
        Assert.That(Load(keyword + "\nvirtual_ipaddress {\nfe80::100\n}").Version, Is.EqualTo(version));

    // The original accepts unless it is strict; the RFC's default is the strict one's.
    [TestCase("version 3", true)]
    [TestCase("version 3\nstrict_mode on", false)]
    [TestCase("version 3\nstrict_mode on\naccept", true)]
    [TestCase("version 3\nstrict_mode on\npriority 255", true)]
    public void V29_D6_AcceptMode_DefaultsToOffForAStrictRouterThatIsNotTheOwner(string keywords, bool accepts) =>
        Assert.That(Options(keywords).AcceptMode, Is.EqualTo(accepts));

    [TestCase("strict_mode on", false)]
    [TestCase("strict_mode on\naccept", false)]
    [TestCase("", true)]
    public void W13_AcceptModeOfVersion2_IsThereUnlessStrict(string keywords, bool accepts) =>
        Assert.That(Options(keywords, allowFaults: true).AcceptMode, Is.EqualTo(accepts));

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

    private static VirtualRouterOptions Options(string keywords, string before = "", bool allowFaults = false) =>
        Load("virtual_ipaddress {\n192.0.2.100\n}\n" + keywords, before, allowFaults);

    private static VirtualRouterOptions Load(string keywords, string before = "", bool allowFaults = false)
    {
        var result = Configuration.Load.Text(
            $"global_defs {{\nenable_script_security\nscript_user root\n}}\n{before}vrrp_instance VI {{\ninterface eth0\nvirtual_router_id 51\n{keywords}\n}}\n");
        Assert.That(result.HasFaults && !allowFaults, Is.False, Configuration.Load.Describe(result));
        var instance = result.Configuration.VrrpInstances[0];
        return instance.ToOptions(result.Configuration.Global).WithTrackers(instance, new InstanceIndex(result.Configuration));
    }
}
