using System.Globalization;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>Exim: takes every mail into one file; one more port at which it refuses whoever comes, one that greets in two lines.</summary>
internal sealed class Exim : ServerProcess
{
    private const string User = "Debian-exim";

    /// <param name="network">The network namespace; null for that of the tests.</param>
    public Exim(string? network = null)
        : base(network)
    {
        Tools.Require("exim4");
        Tools.RequireRoot(); // It becomes its own user.
        var state = Path.Combine(Folder, "state");
        Directory.CreateDirectory(state);
        Tools.Run("chown", User, state);
        MailBox = Path.Combine(state, "box");
        var configuration = Write("exim.conf", Configuration(state));
        Start(["exim4", "-C", configuration, "-bdf", "-oP", Path.Combine(state, "pid")], [Port, RefusingPort, LongGreetingPort]);
    }

    public int Port { get; } = Tools.FreePort();

    /// <summary>Greets with 550.</summary>
    public int RefusingPort { get; } = Tools.FreePort();

    /// <summary>Greets with a reply of two lines.</summary>
    public int LongGreetingPort { get; } = Tools.FreePort();

    /// <summary>The name in HELO that it does not want.</summary>
    public const string BadHelo = "bad.test";

    /// <summary>The mails that it was given: an mbox.</summary>
    public string MailBox { get; }

    /// <summary>All mails so far.</summary>
    public string Mails => File.Exists(MailBox) ? File.ReadAllText(MailBox) : "";

    private string Configuration(string state) => string.Create(CultureInfo.InvariantCulture, $$$"""
        primary_hostname = mail.test
        spool_directory = {{{state}}}/spool
        log_file_path = {{{state}}}/log-%s
        local_interfaces = {{{ListenAddress}}}
        daemon_smtp_ports = {{{Port}}} : {{{RefusingPort}}} : {{{LongGreetingPort}}}
        host_lookup =
        rfc1413_query_timeout = 0s
        tls_advertise_hosts =
        smtp_accept_max = 100
        smtp_banner = mail.test ESMTP${if eq{$received_port}{{{{LongGreetingPort}}}}{\n and more}}
        deliver_drop_privilege = true
        keep_environment =
        acl_smtp_connect = acl_connect
        acl_smtp_helo = acl_helo
        acl_smtp_rcpt = acl_all
        begin acl
        acl_connect:
          deny condition = ${if eq{$received_port}{{{{RefusingPort}}}}}
          accept
        acl_helo:
          deny condition = ${if eq{$sender_helo_name}{{{{BadHelo}}}}}
          accept
        acl_all:
          accept
        begin routers
        all:
          driver = accept
          transport = file
        begin transports
        file:
          driver = appendfile
          file = {{{MailBox}}}
          user = {{{User}}}

        """);
}
