using System.Globalization;
using System.Text;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>Knot DNS: a signed zone <c>example.test</c>, and <c>broken.test</c>, whose file is missing.</summary>
internal sealed class Knot : ServerProcess
{
    /// <param name="network">The network namespace; null for that of the tests.</param>
    public Knot(string? network = null)
        : base(network)
    {
        Tools.Require("knotd");
        Directory.CreateDirectory(Path.Combine(Folder, "db"));
        Write("example.zone", Zone());
        var configuration = Write("knot.conf", string.Create(CultureInfo.InvariantCulture, $"""
            server:
                rundir: "{Folder}"
                listen: [ {ListenAddress}@{Port} ]
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: "{Folder}/db"
            log:
              - target: stderr
                any: warning
            zone:
              - domain: example.test
                storage: "{Folder}"
                file: example.zone
                dnssec-signing: on
                zonefile-load: whole
                zonefile-sync: -1
              - domain: broken.test
                storage: "{Folder}"
                file: missing.zone

            """));
        Start(["knotd", "-c", configuration], [Port], "udp");
    }

    public int Port { get; } = Tools.FreePort();

    private static string Zone()
    {
        var zone = new StringBuilder("""
            $ORIGIN example.test.
            $TTL 60
            @ SOA ns host 1 60 60 60 60
            @ NS ns
            @ MX 10 mail
            @ TXT "hello"
            ns A 127.0.0.1
            mail A 127.0.0.1
            www A 127.0.0.1
            www AAAA ::1
            alias CNAME www

            """);
        // More than a datagram of 512 bytes: the answer is truncated.
        for (var i = 0; i < 40; i++)
            zone.Append(CultureInfo.InvariantCulture, $"big TXT \"{new string('x', 100)} {i}\"\n");
        return zone.ToString();
    }
}
