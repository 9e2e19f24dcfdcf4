namespace Keepalived.Checkers.Interop.Tests.Verdicts;

/// <summary>The table: every kind of check, with each keyword that says what is asked or what the answer must be.</summary>
internal static class VerdictCases
{
    public static IReadOnlyList<VerdictCase> All { get; } =
    [
        .. Connections(), .. Pages(), .. VirtualHosts(), .. Patterns(), .. Tls(), .. Mail(), .. Names(), .. Datagrams(), .. Scripts(), .. Files(),
        .. Together(),
    ];

    private static IEnumerable<VerdictCase> Connections() =>
    [
        Up("TCP", "<http>", "TCP_CHECK { }"),
        Down("TCP to a port without a server", "<closed>", "TCP_CHECK { }"),
        Up("connect_port", "<closed>", "TCP_CHECK { connect_port <http> }"),
        Down("connect_port without a server", "<http>", "TCP_CHECK { connect_port <closed> }"),
        Up("connect_ip", "<http>", "TCP_CHECK { connect_ip 127.0.9.9 }"),
        Down("connect_ip without a way", "<http>", "TCP_CHECK { connect_ip 198.51.100.1 }"),
        Up("bindto", "<http>", "TCP_CHECK { bindto 127.0.8.8 }"),
        Up("bind_if", "<http>", "TCP_CHECK { bind_if lo }"),
        Up("fwmark", "<http>", "TCP_CHECK { fwmark 5 }"),
        Down("fwmark whose packets are lost", "<http>", "TCP_CHECK { fwmark 66\n connect_timeout 1 }"),
        Up("PING", "<closed>", "PING_CHECK { }"),
        Down("PING without a way", "<closed>", "PING_CHECK { connect_ip 198.51.100.1 }"),
    ];

    private static IEnumerable<VerdictCase> Pages() =>
    [
        Up("HTTP", "<http>", Http("path /page")),
        Down("HTTP without a server", "<closed>", Http("path /page")),
        Down("HTTP to a server of another protocol", "<smtp>", Http("path /page")),
        Down("no page", "<http>", Http("path /missing")),
        Up("status_code 404", "<http>", Http("path /missing\n status_code 404")),
        Down("status_code that does not come", "<http>", Http("path /page\n status_code 204")),
        Up("status_code of ranges", "<http>", Http("path /moved\n status_code 200 300-302")),
        Down("a redirect by default", "<http>", Http("path /moved")),
        Up("no content", "<http>", Http("path /nothing")),
        Up("digest", "<http>", Http("path /page\n digest <digest>")),
        Down("digest of another page", "<http>", Http("path /request\n digest <digest>")),
        Up("digest and status_code", "<http>", Http("path /page\n digest <digest>\n status_code 200")),
        Down("digest of the chunks", "<http>", Http("path /chunked\n digest <digest>", "http_protocol 1.1")),
        Up("digest in HTTP/1.0", "<http>", Http("path /chunked\n digest <digest>")),
        Up("http_protocol 1.0C", "<http>", Http("path /page", "http_protocol 1.0C")),
        Up("http_protocol 1.1", "<http>", Http("path /page", "http_protocol 1.1")),
        Up("two urls", "<http>", Http("path /page\n }\n url {\n path /nothing", "fast_recovery")),
        Down("two urls, one of them bad", "<http>", Http("path /page\n }\n url {\n path /broken")),
        Up("a body of a megabyte", "<http>", Http("path /big")),
        Up("connect_port of HTTP", "<closed>", Http("path /page", "connect_port <http>")),
    ];

    private static IEnumerable<VerdictCase> VirtualHosts() =>
    [
        Up("virtualhost of the url", "<http>", Http("path /\n virtualhost web.test\n regex \"is web\"", "virtualhost other.test")),
        Up("virtualhost of the check", "<http>", Http("path /\n regex \"is web\"", "virtualhost web.test")),
        Up("virtualhost of the real server", "<http>", $"virtualhost web.test\n{Http("path /\n regex \"is web\"")}", "virtualhost other.test"),
        Up("virtualhost of the virtual server", "<http>", Http("path /\n regex \"is web\""), "virtualhost web.test"),
        Down("no virtualhost", "<http>", Http("path /\n regex \"is web\"")),
        Up("Host without a virtualhost", "<http>", Http("path /request\n regex \"\\|127\\.0\\.1\\.[0-9]+:<http>\\|\"")),
    ];

    private static IEnumerable<VerdictCase> Patterns() =>
    [
        Up("regex", "<http>", Http("path /page\n regex \"keep[a-z]+ved\"")),
        Down("regex that is not there", "<http>", Http("path /page\n regex \"something else\"")),
        Up("regex_no_match", "<http>", Http("path /page\n regex \"something else\"\n regex_no_match")),
        Down("regex_no_match that is there", "<http>", Http("path /page\n regex keepalived\n regex_no_match")),
        Down("regex of another case", "<http>", Http("path /page\n regex KEEPALIVED")),
        Up("regex_options caseless", "<http>", Http("path /page\n regex KEEPALIVED\n regex_options caseless")),
        Down("a dot and the end of a line", "<http>", Http("path /page\n regex \"keepalived.second\"")),
        Up("regex_options dotall", "<http>", Http("path /page\n regex \"keepalived.second\"\n regex_options dotall")),
        Up("regex_options multiline", "<http>", Http("path /page\n regex \"^second\"\n regex_options multiline")),
        Down("an anchor in the midst", "<http>", Http("path /page\n regex \"^second\"")),
        Up("regex_options extended", "<http>", Http("path /page\n regex \"keep alived\"\n regex_options extended")),
        Up("regex_min_offset before it", "<http>", Http("path /page\n regex keepalived\n regex_min_offset 20")),
        Down("regex_min_offset behind it", "<http>", Http("path /page\n regex keepalived\n regex_min_offset 2000")),
        Down("regex_max_offset before it", "<http>", Http("path /page\n regex keepalived\n regex_max_offset 3")),
        Up("regex_max_offset behind it", "<http>", Http("path /page\n regex HTTP/1\n regex_max_offset 3")),
    ];

    private static IEnumerable<VerdictCase> Tls() =>
    [
        Up("SSL", "<tls13>", Ssl("path /page")),
        Up("TLS 1.2", "<tls12>", Ssl("path /page\n digest <digest>")),
        Down("SSL to a server without", "<http>", Ssl("path /page")),
        Down("SSL without a server", "<closed>", Ssl("path /page")),
        Up("an expired certificate", "<expired>", Ssl("path /page")),
        Up("a client's certificate", "<mutual>", Ssl("path /page")),
        Up("enable_sni", "<tls>", Ssl("path /\n virtualhost good.test\n regex \"for .good.test\"", "enable_sni")),
        Up("without enable_sni", "<tls>", Ssl("path /\n virtualhost good.test\n regex \"for .[^a-z]\"")),
        Up("the name of the virtual server", "<tls>", Ssl("path /\n regex \"for .web.test\"", "enable_sni"), "virtualhost web.test"),
        Up("digest over TLS", "<tls13>", Ssl("path /page\n digest <digest>")),
    ];

    private static IEnumerable<VerdictCase> Mail() =>
    [
        Up("SMTP", "<smtp>", "SMTP_CHECK { }"),
        Down("SMTP without a server", "<closed>", "SMTP_CHECK { }"),
        Down("SMTP to a server that refuses", "<refusing>", "SMTP_CHECK { }"),
        Down("a greeting of two lines", "<greeting>", "SMTP_CHECK { }"),
        Up("helo_name", "<smtp>", "SMTP_CHECK { helo_name good.test }"),
        Down("helo_name that is refused", "<smtp>", "SMTP_CHECK { helo_name bad.test }"),
        Up("host", "<closed>", "SMTP_CHECK {\n host {\n connect_port <smtp>\n connect_timeout 2\n }\n }"),
        Down("host without a server", "<smtp>", "SMTP_CHECK {\n host {\n connect_port <closed>\n connect_timeout 2\n }\n }"),
    ];

    private static IEnumerable<VerdictCase> Names() =>
    [
        Up("DNS", "<dns>", "DNS_CHECK {\n name example.test\n }"),
        Up("type A", "<dns>", "DNS_CHECK {\n type A\n name www.example.test\n }"),
        Up("type AAAA", "<dns>", "DNS_CHECK {\n type AAAA\n name www.example.test\n }"),
        Up("type CNAME", "<dns>", "DNS_CHECK {\n type CNAME\n name alias.example.test\n }"),
        Up("type MX", "<dns>", "DNS_CHECK {\n type MX\n name example.test.\n }"),
        Up("type RRSIG", "<dns>", "DNS_CHECK {\n type RRSIG\n name example.test\n }"),
        Up("a truncated answer", "<dns>", "DNS_CHECK {\n type TXT\n name big.example.test\n }"),
        Down("NXDOMAIN", "<dns>", "DNS_CHECK {\n type A\n name missing.example.test\n }"),
        Down("SERVFAIL", "<dns>", "DNS_CHECK {\n type A\n name broken.test\n }"),
        Down("the root, by default", "<dns>", "DNS_CHECK { }"),
        Down("DNS without a server", "<closed>", "DNS_CHECK {\n name example.test\n }"),
    ];

    // A question for www.example.test, type A, id 1234; the answer begins with the id.
    private static IEnumerable<VerdictCase> Datagrams()
    {
        const string Question = "payload 12340100000100000000000003777777076578616d706c650474657374000001 0001";
        return
        [
            Up("UDP to a server that is silent", "<dns>", "UDP_CHECK { connect_timeout 1 }"),
            Down("UDP without a server", "<closed>", "UDP_CHECK { }"),
            Down("require_reply of a server that is silent", "<dns>", "UDP_CHECK {\n require_reply\n connect_timeout 1\n }"),
            Up("require_reply", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply\n }}"),
            Up("require_reply with wildcards", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply 1234 xx xx 0001\n }}"),
            Down("require_reply that does not come", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply 1235\n }}"),
            Down("min_reply_length", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply 1234\n min_reply_length 200\n }}"),
            Down("max_reply_length", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply 1234\n max_reply_length 20\n }}"),
            Up("lengths that fit", "<dns>", $"UDP_CHECK {{\n {Question}\n require_reply 1234\n min_reply_length 20\n max_reply_length 60\n }}"),
        ];
    }

    private static IEnumerable<VerdictCase> Scripts() =>
    [
        Up("MISC", "<closed>", Misc("/bin/true")),
        Down("MISC that fails", "<closed>", Misc("/bin/false")),
        Down("a status of 3", "<closed>", Misc("/bin/sh -c 'exit 3'")),
        Up("misc_dynamic and a status of 3", "<closed>", Misc("/bin/sh -c 'exit 3'", "misc_dynamic\n misc_timeout 30")),
        Down("misc_dynamic and a status of 1", "<closed>", Misc("/bin/sh -c 'exit 1'", "misc_dynamic\n misc_timeout 30")),
        Down("misc_timeout", "<closed>", Misc("/bin/sleep 30", "misc_timeout 1")),
        Down("a script that a signal ends", "<closed>", Misc("<folder>/killed")),
        Up("user", "<closed>", Misc("/bin/sh -c 'test `id -un` = nobody'", "user nobody\n misc_timeout 30")),
        Up("the user of scripts", "<closed>", Misc("/bin/sh -c 'test `id -un` = root'")),
        Down("the file descriptors of a script", "<closed>", Misc("/bin/sh -c 'test -t 0'")),
    ];

    private static IEnumerable<VerdictCase> Files() =>
    [
        Down("FILE with weight 0", "<closed>", "FILE_CHECK {\n track_file one\n weight 0\n }"),
        Down("FILE of the least number", "<closed>", "FILE_CHECK {\n track_file least\n weight 1\n }"),
    ];

    private static IEnumerable<VerdictCase> Together() =>
    [
        Up("two checks that succeed", "<http>", $"TCP_CHECK {{ }}\n{Http("path /page")}"),
        Down("two checks, one of which fails", "<http>", $"TCP_CHECK {{ }}\n{Http("path /broken")}"),
        Down("retry and delay_before_retry", "<closed>", "TCP_CHECK {\n retry 2\n delay_before_retry 1\n }"),
        Up("delay_loop and warmup of the check", "<http>", "TCP_CHECK {\n delay_loop 3\n warmup 1\n }"),
        Up("inhibit_on_failure", "<http>", "inhibit_on_failure\nTCP_CHECK { }"),
    ];

    private static VerdictCase Up(string name, string port, string check, string lines = "") => new(name, true, port, check, lines);

    private static VerdictCase Down(string name, string port, string check, string lines = "") => new(name, false, port, check, lines);

    private static string Http(string url, string lines = "") => $"HTTP_GET {{\n {lines}\n url {{\n {url}\n }}\n }}";

    private static string Ssl(string url, string lines = "") => $"SSL_GET {{\n {lines}\n url {{\n {url}\n }}\n }}";

    // Without a timeout of its own, a script has the second of delay_loop.
    private static string Misc(string path, string lines = "misc_timeout 30") => $"MISC_CHECK {{\n misc_path \"{path}\"\n {lines}\n }}";
}
