namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>A configuration around one line of each kind of block; nothing else in it is wrong in a way that hides the line.</summary>
internal static class KeywordTemplates
{
    private const string Server = "virtual_server 10.0.0.1 80 {\nlvs_method NAT\nprotocol TCP\nlvs_sched sh\n{0}\n}";
    private const string Real = "real_server 10.0.0.2 80 {\n{0}\n}";

    private static readonly Dictionary<string, string[]> Nesting = new()
    {
        ["root"] = ["{0}"],
        ["global_defs"] = ["global_defs {\n{0}\n}"],
        ["vrrp_instance"] = [Instance("{0}")],
        ["authentication"] = [Instance("authentication {\n{0}\n}")],
        ["auth_hmac"] = [Instance("version 3\nauth_hmac {\n{0}\n}")],
        ["vrrp_sync_group"] = ["vrrp_sync_group g {\n{0}\n}"],
        ["vrrp_script"] = ["vrrp_script x {\nscript /bin/true\n{0}\n}"],
        ["vrrp_track_process"] = ["vrrp_track_process x {\n{0}\n}"],
        ["track_file"] = ["track_file x {\n{0}\n}"],
        ["track_group"] = ["track_group x {\n{0}\n}"],
        ["garp_group"] = ["garp_group {\n{0}\n}"],
        ["SSL"] = ["SSL {\n{0}\n}"],
        ["bfd_instance"] = ["bfd_instance x {\n{0}\n}"],
        ["bfd_profile"] = ["bfd_profile x {\n{0}\n}"],
        ["bfd_unsolicited"] = ["bfd_unsolicited {\n{0}\n}"],
        ["bfd_authentication"] = ["bfd_instance x {\nneighbor_ip 10.0.0.2\nauthentication {\n{0}\n}\n}"],
        ["virtual_server"] = [Server],
        ["real_server"] = [Server, Real],
        ["TCP_CHECK"] = Check("TCP_CHECK {\n{0}\n}"),
        ["PING_CHECK"] = Check("PING_CHECK {\n{0}\n}"),
        ["HTTP_GET or SSL_GET"] = Check("HTTP_GET {\nurl {\npath /\n}\n{0}\n}"),
        ["url"] = Check("HTTP_GET {\nurl {\n{0}\n}\n}"),
        ["SMTP_CHECK"] = Check("SMTP_CHECK {\n{0}\n}"),
        ["host"] = Check("SMTP_CHECK {\nhost {\n{0}\n}\n}"),
        ["DNS_CHECK"] = Check("DNS_CHECK {\n{0}\n}"),
        ["MISC_CHECK"] = Check("MISC_CHECK {\n{0}\n}"),
        ["UDP_CHECK"] = Check("UDP_CHECK {\n{0}\n}"),
        ["BFD_CHECK"] = Check("BFD_CHECK {\n{0}\n}"),
        ["FILE_CHECK"] = Check("FILE_CHECK {\n{0}\n}"),
    };

    /// <summary>Whether there is one for a block.</summary>
    public static bool Knows(string block) => Nesting.ContainsKey(block);

    /// <summary>The configuration with <paramref name="line"/> in such a block.</summary>
    public static string Render(string block, string line)
    {
        var text = line;
        foreach (var around in Nesting[block].Reverse())
            text = around.Replace("{0}", text, StringComparison.Ordinal);
        return text;
    }

    private static string[] Check(string check) => [Server, Real, check];

    private static string Instance(string line) => $"vrrp_instance x {{\ninterface eth0\nvirtual_router_id 1\n{line}\n}}";
}
