namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What keywords with a syntax of their own take and refuse.</summary>
internal static class KeywordExamples
{
    /// <summary>One keyword a line: <c>BLOCK.KEYWORD | taken ; taken | refused ; refused</c>; <c>*</c> for any block, a dash where any word will do.</summary>
    private const string Table = """
        root.instance | instance a | instance
        root.net_namespace | net_namespace a | net_namespace
        root.net_namespace_ipvs | net_namespace_ipvs ; net_namespace_ipvs a | -
        root.interface_up_down_delays | interface_up_down_delays { eth0 1 2 } ; interface_up_down_delays { eth0 0.5 } | interface_up_down_delays { eth0 x } ; interface_up_down_delays { eth0 -1 }
        root.linkbeat_interfaces | linkbeat_interfaces { eth0 } ; linkbeat_interfaces { eth0 MII } | linkbeat_interfaces { eth0 foo }
        root.static_ipaddress | static_ipaddress { 10.0.0.7/24 dev eth0 } | static_ipaddress { 10.0.0.256 dev eth0 } ; static_ipaddress { 10.0.0.7/33 dev eth0 } ; static_ipaddress { 10.0.0.7 dev eth0 foo }
        root.static_routes | static_routes { 10.9.0.0/16 via 10.0.0.254 dev eth0 } | static_routes { 10.9.0.0/33 via 10.0.0.254 dev eth0 } ; static_routes { 10.9.0.0/16 via x dev eth0 } ; static_routes { 10.9.0.0/16 dev eth0 metric x }
        root.static_rules | static_rules { from 10.9.0.0/16 table 100 priority 5 } | static_rules { from 10.9.0.0/33 table 100 } ; static_rules { from 10.9.0.0/16 table x } ; static_rules { from 10.9.0.0/16 table 100 }
        root.virtual_server_group | virtual_server_group g { 10.0.0.1 80 } ; virtual_server_group g { 10.0.0.1-9 80 } ; virtual_server_group g { fwmark 5 } | virtual_server_group g { 10.0.0.1 70000 } ; virtual_server_group g { fwmark x } ; virtual_server_group g { 10.0.0.9-1 80 }
        global_defs.bfd_cpu_affinity | bfd_cpu_affinity 0 | bfd_cpu_affinity x ; bfd_cpu_affinity -1 ; bfd_cpu_affinity 0 99999
        global_defs.checker_cpu_affinity | checker_cpu_affinity 0 | checker_cpu_affinity x ; checker_cpu_affinity -1
        global_defs.vrrp_cpu_affinity | vrrp_cpu_affinity 0 | vrrp_cpu_affinity x ; vrrp_cpu_affinity -1
        global_defs.bfd_process_name | bfd_process_name b | bfd_process_name aaaaaaaaaaaaaaaa
        global_defs.checker_process_name | checker_process_name b | checker_process_name aaaaaaaaaaaaaaaa
        global_defs.vrrp_process_name | vrrp_process_name b | vrrp_process_name aaaaaaaaaaaaaaaa
        global_defs.process_name | process_name b | process_name aaaaaaaaaaaaaaaa
        global_defs.lvs_process_name | - | lvs_process_name b
        global_defs.bfd_rlimit_rttime | bfd_rlimit_rttime 2 ; bfd_rlimit_rttime 4294967295 | bfd_rlimit_rttime 0 ; bfd_rlimit_rttime 4294967296 ; bfd_rlimit_rttime x
        global_defs.checker_rlimit_rttime | checker_rlimit_rttime 2 ; checker_rlimit_rttime 4294967295 | checker_rlimit_rttime 0 ; checker_rlimit_rttime 4294967296 ; checker_rlimit_rttime x
        global_defs.vrrp_rlimit_rttime | vrrp_rlimit_rttime 2 ; vrrp_rlimit_rttime 4294967295 | vrrp_rlimit_rttime 0 ; vrrp_rlimit_rttime 4294967296 ; vrrp_rlimit_rttime x
        global_defs.bfd_rlimit_rtime | - | bfd_rlimit_rtime 5
        global_defs.checker_rlimit_rtime | - | checker_rlimit_rtime 5
        global_defs.vrrp_rlimit_rtime | - | vrrp_rlimit_rtime 5
        global_defs.bfd_rt_priority | bfd_rt_priority 1 ; bfd_rt_priority 99 | bfd_rt_priority 0 ; bfd_rt_priority 100 ; bfd_rt_priority x
        global_defs.checker_rt_priority | checker_rt_priority 1 ; checker_rt_priority 99 | checker_rt_priority 0 ; checker_rt_priority 100 ; checker_rt_priority x
        global_defs.vrrp_rt_priority | vrrp_rt_priority 1 ; vrrp_rt_priority 99 | vrrp_rt_priority 0 ; vrrp_rt_priority 100 ; vrrp_rt_priority x
        global_defs.config_save_dir | config_save_dir /tmp/a | config_save_dir
        global_defs.dbus_no_interface_name | dbus_no_interface_name a | dbus_no_interface_name
        global_defs.dbus_service_name | dbus_service_name a.b | dbus_service_name
        global_defs.default_interface | default_interface eth0 | default_interface
        global_defs.dynamic_interfaces | dynamic_interfaces ; dynamic_interfaces allow_if_changes | dynamic_interfaces foo
        global_defs.enable_script_security | enable_script_security | -
        global_defs.include_check | include_check ; include_check read ; include_check +match -read | include_check foo ; include_check read match
        global_defs.iproute_etc_dir | iproute_etc_dir /etc/iproute2 | iproute_etc_dir a b ; iproute_etc_dir ""
        global_defs.iproute_usr_dir | iproute_usr_dir /etc/iproute2 | iproute_usr_dir a b ; iproute_usr_dir ""
        global_defs.json_dump_file | json_dump_file /tmp/a | json_dump_file a b ; json_dump_file ""
        global_defs.state_dump_file | state_dump_file /tmp/a | state_dump_file a b ; state_dump_file ""
        global_defs.stats_dump_file | stats_dump_file /tmp/a | stats_dump_file a b ; stats_dump_file ""
        global_defs.lvs_flush_on_stop | lvs_flush_on_stop ; lvs_flush_on_stop VS | lvs_flush_on_stop foo
        global_defs.lvs_flush_onstop | - | lvs_flush_onstop
        global_defs.lvs_notify_fifo | lvs_notify_fifo /tmp/f ; lvs_notify_fifo /tmp/f root root | lvs_notify_fifo
        global_defs.notify_fifo | notify_fifo /tmp/f ; notify_fifo /tmp/f root root | notify_fifo
        global_defs.vrrp_notify_fifo | vrrp_notify_fifo /tmp/f ; vrrp_notify_fifo /tmp/f root root | vrrp_notify_fifo
        global_defs.lvs_sync_daemon | lvs_sync_daemon eth0 ; lvs_sync_daemon eth0 id 255 maxlen 65507 port 65535 ttl 255 group 224.0.0.81 | lvs_sync_daemon eth0 id 256 ; lvs_sync_daemon eth0 maxlen 65508 ; lvs_sync_daemon eth0 port 65536 ; lvs_sync_daemon eth0 ttl 0 ; lvs_sync_daemon eth0 group 10.0.0.1 ; lvs_sync_daemon aaaaaaaaaaaaaaaa
        global_defs.lvs_timeouts | lvs_timeouts tcp 0 tcpfin 2678400 udp 5 | lvs_timeouts tcp 2678401 ; lvs_timeouts foo 1 ; lvs_timeouts tcp x
        global_defs.max_auto_priority | max_auto_priority ; max_auto_priority -1 ; max_auto_priority 99 | max_auto_priority -2 ; max_auto_priority 100 ; max_auto_priority x
        global_defs.nftables | nftables ; nftables a | nftables aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        global_defs.nftables_ipvs | nftables_ipvs ; nftables_ipvs a | nftables_ipvs aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        global_defs.notification_email | notification_email { a@b } | notification_email { } ; notification_email x { a@b }
        global_defs.notification_email_from | notification_email_from a@b | notification_email_from a@b c
        global_defs.random_seed | random_seed 0 ; random_seed 4294967295 | random_seed 4294967296 ; random_seed x ; random_seed -1
        global_defs.reload_check_config | reload_check_config ; reload_check_config /tmp/l | -
        global_defs.reload_file | reload_file ; reload_file /tmp/l | -
        global_defs.reload_time_file | reload_time_file /tmp/l | reload_time_file a b
        global_defs.router_id | router_id a | router_id
        global_defs.script_user | script_user root ; script_user root root | script_user nobody_of_that_name ; script_user root nobody_of_that_name
        global_defs.set_supplementary_groups | set_supplementary_groups ; set_supplementary_groups on | set_supplementary_groups maybe
        global_defs.smtp_connect_timeout | smtp_connect_timeout 1 ; smtp_connect_timeout 4294 | smtp_connect_timeout 0 ; smtp_connect_timeout 4295 ; smtp_connect_timeout x
        global_defs.smtp_helo_name | smtp_helo_name a | -
        global_defs.smtp_server | smtp_server 127.0.0.1 ; smtp_server 127.0.0.1 65535 | smtp_server 127.0.0.1 65536 ; smtp_server 127.0.0.1 x
        global_defs.snmp_socket | snmp_socket unix:/a | snmp_socket a b
        global_defs.tmp_config_directory | tmp_config_directory /tmp | tmp_config_directory
        global_defs.umask | umask 0 ; umask 0777 ; umask 0x1ff ; umask IRGRP \| IWGRP | umask 01000 ; umask 0888 ; umask FOO ; umask IRGRP IWGRP
        global_defs.vmac_addr_prefix | vmac_addr_prefix v | vmac_addr_prefix
        global_defs.vmac_prefix | vmac_prefix v | vmac_prefix
        global_defs.vrrp_garp_extra_if | vrrp_garp_extra_if 1 ; vrrp_garp_extra_if all 86400 | vrrp_garp_extra_if 0 ; vrrp_garp_extra_if 86401 ; vrrp_garp_extra_if all
        global_defs.vrrp_garp_master_refresh_repeat | vrrp_garp_master_refresh_repeat 1 ; vrrp_garp_master_refresh_repeat 4294967295 | vrrp_garp_master_refresh_repeat 0 ; vrrp_garp_master_refresh_repeat 4294967296 ; vrrp_garp_master_refresh_repeat x
        global_defs.vrrp_garp_master_repeat | vrrp_garp_master_repeat 1 ; vrrp_garp_master_repeat 4294967295 | vrrp_garp_master_repeat 0 ; vrrp_garp_master_repeat 4294967296 ; vrrp_garp_master_repeat x
        global_defs.vrrp_ipsets | - | vrrp_ipsets ; vrrp_ipsets a
        global_defs.vrrp_iptables | - | vrrp_iptables ; vrrp_iptables a b
        global_defs.vrrp_rx_bufs_policy | vrrp_rx_bufs_policy MTU ; vrrp_rx_bufs_policy advert ; vrrp_rx_bufs_policy 1000 | vrrp_rx_bufs_policy foo ; vrrp_rx_bufs_policy MTU ADVERT
        global_defs.vrrp_vmac_garp_intvl | - | vrrp_vmac_garp_intvl 5
        vrrp_instance.garp_extra_if | garp_extra_if 1 ; garp_extra_if all 86400 | garp_extra_if 86401 ; garp_extra_if all ; garp_extra_if x
        vrrp_instance.vmac_garp_intvl | - | vmac_garp_intvl 5
        vrrp_instance.garp_master_refresh_repeat | garp_master_refresh_repeat 1 | garp_master_refresh_repeat 0 ; garp_master_refresh_repeat 4294967296 ; garp_master_refresh_repeat x
        vrrp_instance.garp_master_repeat | garp_master_repeat 1 | garp_master_repeat 0 ; garp_master_repeat 4294967296 ; garp_master_repeat x
        vrrp_instance.interface | interface eth1 | interface aaaaaaaaaaaaaaaa ; interface eth9
        garp_group.interface | interface eth1 | interface aaaaaaaaaaaaaaaa
        bfd_instance.interface | interface eth1 | interface aaaaaaaaaaaaaaaa
        vrrp_instance.lvs_sync_daemon_interface | - | lvs_sync_daemon_interface eth0
        vrrp_instance.old_unicast_checksum | unicast_peer { 10.0.0.7 }⏎old_unicast_checksum ; unicast_peer { 10.0.0.7 }⏎old_unicast_checksum never | old_unicast_checksum ; unicast_peer { 10.0.0.7 }⏎old_unicast_checksum foo
        vrrp_instance.state | state MASTER ; state BACKUP | state SLAVE ; state master
        vrrp_instance.thread_timer_expired | - | nopreempt⏎thread_timer_expired 254 ; nopreempt⏎thread_timer_expired 255
        vrrp_instance.timer_expired_backup | nopreempt⏎timer_expired_backup 254 | nopreempt⏎timer_expired_backup 255 ; timer_expired_backup 5
        vrrp_instance.unicast_peer | unicast_peer { 10.0.0.7 } ; unicast_peer { 10.0.0.7 min_ttl 0 max_ttl 255 } | unicast_peer { x } ; unicast_peer { 10.0.0.7 min_ttl 256 }
        vrrp_instance.use_ipvlan | use_ipvlan ipv1 10.0.0.8/24 bridge | use_ipvlan ; use_ipvlan ipv1 ipv2 ; use_ipvlan 10.0.0.8/33
        vrrp_instance.use_vmac | use_vmac ; use_vmac v1 02:00:00:00:00:01 | use_vmac aaaaaaaaaaaaaaaa ; use_vmac v1 v2
        vrrp_instance.version | version 2 ; version 3 | version 1 ; version 4 ; version x
        vrrp_instance.virtual_ipaddress | virtual_ipaddress { 10.0.0.7/24 dev eth0 label eth0:1 } ; virtual_ipaddress { fe80::7/64 -nodad } | virtual_ipaddress { 10.0.0.300 } ; virtual_ipaddress { 10.0.0.7/33 } ; virtual_ipaddress { 10.0.0.7 scope foo } ; virtual_ipaddress { 2001:db8::7 }
        vrrp_instance.virtual_ipaddress_excluded | virtual_ipaddress_excluded { 10.0.0.7 } | virtual_ipaddress_excluded { 10.0.0.300 }
        vrrp_instance.virtual_routes | virtual_routes { 10.9.0.0/16 via 10.0.0.254 dev eth0 } | virtual_routes { 10.9.0.0/16 via x }
        vrrp_instance.virtual_rules | virtual_rules { from 10.9.0.0/16 table 100 priority 5 } | virtual_rules { from x table 100 } ; virtual_rules { from 10.9.0.0/16 table 100 }
        *.track_bfd | track_bfd { } | track_bfd { B weight 254 } ; track_bfd { nobody }
        *.track_interface | track_interface { eth1 weight -253 } ; track_interface { eth1 weight 253 reverse } | track_interface { eth1 weight 254 } ; track_interface { eth1 weight x } ; track_interface { eth1 foo }
        vrrp_instance.track_virtual_server | track_virtual_server { } | track_virtual_server { 10.9.9.9 80 } ; track_virtual_server { nobody } ; track_virtual_server { group } ; track_virtual_server { fwmark 0 } ; track_virtual_server { 10.9.9.9 70000 } ; track_virtual_server { 10.9.9.9 80 protocol ICMP } ; track_virtual_server { 10.9.9.9 80 protocol } ; track_virtual_server { 10.9.9.9 80 weight 254 }
        vrrp_sync_group.track_virtual_server | track_virtual_server { } | track_virtual_server { nobody } ; track_virtual_server { group } ; track_virtual_server { fwmark 0 } ; track_virtual_server { 10.9.9.9 70000 } ; track_virtual_server { 10.9.9.9 80 protocol ICMP } ; track_virtual_server { 10.9.9.9 80 protocol } ; track_virtual_server { 10.9.9.9 80 weight 254 }
        vrrp_instance.track_process | track_process { } | track_process { nobody } ; track_process { nobody weight 255 }
        vrrp_sync_group.track_process | track_process { } | track_process { nobody weight 255 }
        vrrp_instance.track_script | track_script { } | track_script { nobody } ; track_script { nobody weight 254 }
        vrrp_sync_group.track_script | track_script { } | track_script { nobody weight 254 }
        vrrp_instance.track_file | track_file { } | track_file { nobody } ; track_file { nobody weight 255 }
        vrrp_sync_group.track_file | track_file { } | track_file { nobody weight 255 }
        FILE_CHECK.track_file | - | track_file nobody
        vrrp_instance.vrf | - | vrf vrf1 ; vrf aaaaaaaaaaaaaaaa
        bfd_instance.vrf | vrf vrf1 | vrf aaaaaaaaaaaaaaaa
        vrrp_sync_group.group | - | group { nobody }
        track_group.group | - | group { nobody }
        vrrp_script.interval | interval 0.001 ; interval 4294 | interval 0 ; interval 4295 ; interval x
        vrrp_script.timeout | timeout 0.001 ; timeout 4294 | timeout 0 ; timeout 4295 ; timeout x
        vrrp_script.user | user root ; user root root | user nobody_of_that_name
        vrrp_script.weight | weight -253 ; weight 253 reverse | weight -254 ; weight 254 ; weight x ; weight 5 foo
        bfd_instance.weight | weight -253 ; weight 253 reverse | weight -254 ; weight 254 ; weight x
        vrrp_track_process.param_match | param_match ; param_match initial ; param_match partial | param_match foo
        vrrp_track_process.process | process a ; process a b | process
        vrrp_track_process.weight | weight -254 ; weight 254 reverse | weight -255 ; weight 255 ; weight x
        track_file.weight | weight -254 ; weight 254 reverse | weight -255 ; weight 255 ; weight x
        track_file.file | file /tmp/a | file
        track_file.init_file | init_file ; init_file 5 overwrite | init_file x
        garp_group.interfaces | interfaces { eth0 eth1 } | interfaces { aaaaaaaaaaaaaaaa }
        bfd_unsolicited.interfaces | interfaces { eth0 eth1 } | interfaces { aaaaaaaaaaaaaaaa }
        bfd_unsolicited.prefixes | prefixes { 10.0.0.0/8 2001:db8::/32 } | prefixes { 10.0.0.0/33 } ; prefixes { x }
        SSL.ca | ca a | ca
        SSL.certificate | certificate a | certificate
        SSL.key | key a | key
        SSL.password | password a | password
        virtual_server.lb_kind | lb_kind DR ; lb_kind TUN type gue port 5 csum | lb_kind FOO ; lb_kind TUN type foo ; lb_kind TUN type gue port 70000
        virtual_server.lvs_method | lvs_method DR ; lvs_method TUN type gre csum | lvs_method FOO ; lvs_method TUN type foo
        virtual_server.sorry_server_lvs_method | sorry_server 10.0.0.9 80⏎sorry_server_lvs_method DR | sorry_server_lvs_method DR ; sorry_server 10.0.0.9 80⏎sorry_server_lvs_method FOO
        real_server.lvs_method | lvs_method DR | lvs_method FOO
        virtual_server.persistence_engine | persistence_engine sip | persistence_engine
        virtual_server.persistence_granularity | persistence_timeout 5⏎persistence_granularity 255.255.255.0 | persistence_granularity foo
        virtual_server.persistence_timeout | persistence_timeout ; persistence_timeout 1 ; persistence_timeout 2678400 | persistence_timeout 0 ; persistence_timeout 2678401 ; persistence_timeout x
        *.snmp_name | snmp_name a | snmp_name
        virtual_server.sorry_server | sorry_server 10.0.0.9 80 | sorry_server x 80 ; sorry_server 10.0.0.9 70000
        *.virtualhost | virtualhost a | virtualhost
        virtual_server.while_master | - | real_server 10.0.0.2 80 { }⏎while_master nobody
        bfd_instance.profile | - | neighbor_ip 10.0.0.2⏎profile nobody
        bfd_unsolicited.profile | - | profile nobody
        authentication.auth_pass | auth_type PASS⏎auth_pass a | auth_type PASS⏎auth_pass aaaaaaaaa
        auth_hmac.key | active_key 1⏎key 1 abcdefghijklmnopqrstuvwxyz123456 | key 0 abc ; key 256 abc ; key 1 hex:x
        bfd_authentication.key | auth_type keyed_md5⏎key 0 abc | auth_type keyed_md5⏎key 256 abc ; auth_type keyed_md5⏎key 1 hex:x
        *.bind_if | bind_if eth0 | bind_if aaaaaaaaaaaaaaaa
        HTTP_GET or SSL_GET.sni_name | sni_name a | -
        SMTP_CHECK.helo_name | helo_name a | helo_name
        DNS_CHECK.name | name a.b | name a..b
        MISC_CHECK.user | user root | user nobody_of_that_name
        UDP_CHECK.payload | payload 0011 ; payload 00 11 ; payload 001 | payload 0g ; payload ""
        UDP_CHECK.require_reply | require_reply ; require_reply 00xx | require_reply 0g
        BFD_CHECK.name | - | name nobody
        FILE_CHECK.weight | - | weight 2147483648 ; weight x
        url.digest | path /⏎digest 640205b7b0fc66c1ea91c463fac6334d | path /⏎digest 640205b7b0fc66c1ea91c463fac6334 ; path /⏎digest x
        url.path | path / | path
        url.regex | path /⏎regex "a" | path /⏎regex "("
        url.regex_options | path /⏎regex "a"⏎regex_options caseless | path /⏎regex "a"⏎regex_options foo
        url.regex_stack | path /⏎regex_stack 1 2 | -
        url.status_code | path /⏎status_code 200 ; path /⏎status_code 200-299 301 | path /⏎status_code 99 ; path /⏎status_code 600 ; path /⏎status_code x ; path /⏎status_code 300-200
        """;

    private static readonly Dictionary<string, (string[] Taken, string[] Refused)> ByName = Table.Split('\n').Select(static line =>
    {
        var cells = line.Replace("\\|", "\u0001", StringComparison.Ordinal).Split(" | ");
        return (Name: cells[0].Trim(), Taken: Lines(cells[1]), Refused: Lines(cells[2]));
    }).ToDictionary(static line => line.Name, static line => (line.Taken, line.Refused));

    /// <summary>The names that the table has, with their block.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The examples of a keyword; null if there are none.</summary>
    public static (string[] Taken, string[] Refused)? Find(string block, string keyword) =>
        ByName.TryGetValue($"{block}.{keyword}", out var examples) || ByName.TryGetValue($"*.{keyword}", out examples) ? examples : null;

    private static string[] Lines(string cell) => cell.Trim() == "-" ? []
        : [.. cell.Split(" ; ").Select(static line => line.Trim().Replace('\u0001', '|').Replace('⏎', '\n'))];
}
