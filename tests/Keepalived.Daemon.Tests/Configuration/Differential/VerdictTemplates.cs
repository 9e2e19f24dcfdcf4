namespace Keepalived.Daemon.Tests.Configuration.Differential;

/// <summary>Puts a statement into the smallest configuration that has its block.</summary>
internal static class VerdictTemplates
{
    private const string Security = "global_defs {\nenable_script_security\nscript_user root\n}\n";

    public static string Render(string block, string text) => block switch
    {
        "text" => text,
        "root" => $"{text}\n",
        "global" => $"global_defs {{\n{text}\n}}\n",
        "bare" => $"vrrp_instance VI_1 {{\n{text}\n}}\n",
        "instance" => Instance(text),
        "vip" => $"vrrp_instance VI_1 {{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {{\n10.0.0.1\n{text}\n}}\n}}\n",
        "vip6" => $"vrrp_instance VI_1 {{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {{\nfe80::1\n{text}\n}}\n}}\n",
        "script" => $"{Security}vrrp_script S {{\nscript /usr/bin/true\n{text}\n}}\n{Instance("track_script {\nS\n}")}",
        "process" => $"vrrp_track_process P {{\nprocess init\n{text}\n}}\n{Instance("track_process {\nP\n}")}",
        "file" => $"track_file F {{\n{Unless(text, "file", "file /tmp/x\n")}{text}\n}}\n{Instance("track_file {\nF\n}")}",
        "sync" => $"vrrp_sync_group G {{\n{Members(text)}\n{text}\n}}\n{Instance(string.Empty)}"
            + Instance(string.Empty).Replace("VI_1", "VI_2").Replace("51", "52").Replace("10.0.0.1", "10.0.0.2"),
        "bfd" => $"bfd_instance B1 {{\n{Unless(text, "neigh", "neighbor_ip 10.0.0.2\n")}{text}\n}}\n",
        "vs" => Service(text, string.Empty),
        "rs" => Service(string.Empty, text),
        "tcp" => Service(string.Empty, $"TCP_CHECK {{\n{text}\n}}"),
        "url" => Service(string.Empty, $"HTTP_GET {{\nurl {{\n{Unless(text, "path", "path /\n")}{text}\n}}\n}}"),
        "http" => Service(string.Empty, $"SSL_GET {{\nurl {{\npath /\n}}\n{text}\n}}"),
        "smtp" => Service(string.Empty, $"SMTP_CHECK {{\n{text}\n}}"),
        "dns" => Service(string.Empty, $"DNS_CHECK {{\n{text}\n}}"),
        "misc" => Security + Service(string.Empty, $"MISC_CHECK {{\n{Unless(text, "misc_path", "misc_path /usr/bin/true\n")}{text}\n}}"),
        "udp" => Service(string.Empty, $"UDP_CHECK {{\n{text}\n}}"),
        "bfdcheck" => $"bfd_instance B1 {{\nneighbor_ip 10.0.0.2\n}}\n{Service(string.Empty, $"BFD_CHECK {{\n{text}\n}}")}",
        "filecheck" => $"track_file F1 {{\nfile /tmp/x\n}}\n{Service(string.Empty, $"FILE_CHECK {{\n{text}\n}}")}",
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, null),
    };

    private static string Members(string text) => text.Length == 0 ? string.Empty : Unless(text, "group", "group {\nVI_1\nVI_2\n}");

    private static string Unless(string text, string start, string otherwise) => text.StartsWith(start, StringComparison.Ordinal)
        ? string.Empty : otherwise;

    private static string Instance(string text) =>
        $"vrrp_instance VI_1 {{\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {{\n10.0.0.1\n}}\n{text}\n}}\n";

    private static string Service(string text, string server) =>
        $"virtual_server 10.0.0.100 80 {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\n{text}\n"
        + $"real_server 10.0.0.101 80 {{\n{server}\n}}\n}}\n";
}
