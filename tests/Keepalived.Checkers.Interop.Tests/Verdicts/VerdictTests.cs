using System.Globalization;
using System.Text;
using Keepalived.Checkers.Interop.Tests.Lab;

namespace Keepalived.Checkers.Interop.Tests.Verdicts;

/// <summary>
/// Our daemon and the distribution's, side by side with one configuration and the same servers: what each makes of each check. Real
/// servers that should be well begin as down (<c>alpha</c>), the others as up, so that every verdict shows.
/// </summary>
public sealed class VerdictTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Test]
    public void EveryWayOfChecking_ComesToTheVerdictOfTheOriginal()
    {
        var original = Tools.Require("keepalived");
        using var network = new Network();
        using var nginx = new Nginx(network.Name);
        using var exim = new Exim(network.Name);
        using var knot = new Knot(network.Name);
        // So that a mark shows.
        network.Run("ip", "rule", "add", "pref", "0", "fwmark", "66", "unreachable");
        network.Run("ip", "rule", "add", "pref", "1", "lookup", "local");
        network.Run("ip", "rule", "del", "pref", "0", "lookup", "local");
        WriteNumbers(nginx.Folder, "0", "0");
        var script = Path.Combine(nginx.Folder, "killed");
        File.WriteAllText(script, "#!/bin/sh\nkill -9 $$\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var configuration = Configuration(nginx, exim, knot);
        using var real = new Balancer(network, original, configuration);
        using var ours = new Balancer(network, Balancer.Ours, configuration);

        // What a file says at the start makes no line in the log: it has to change.
        Tools.Eventually(Patience, () => Open(real).Concat(Open(ours)).All(static check => check.Name.StartsWith("FILE", StringComparison.Ordinal)), Explain);
        WriteNumbers(nginx.Folder, "1", "-2147483648");
        Tools.Eventually(Patience, () => Open(real).Count == 0 && Open(ours).Count == 0, Explain);

        // A moment more, in which none may change its mind.
        Thread.Sleep(TimeSpan.FromSeconds(3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(real.IsRunning && ours.IsRunning, "both still run");
            Assert.That(Names(Wrong(ours)), Is.Empty, () => $"ours:\n{string.Join('\n', ours.Log)}");
            Assert.That(Names(Wrong(real)), Is.Empty, () => $"the original's:\n{string.Join('\n', real.Log)}");
        }

        string Explain() =>
            $"all verdicts.\nThe original has not come to: {Names(Open(real))}\nOurs has not come to: {Names(Open(ours))}\n\n"
            + $"{string.Join('\n', ours.Log.TakeLast(60))}";
    }

    private static void WriteNumbers(string folder, string one, string least)
    {
        foreach (var (name, number) in new[] { ("one", one), ("least", least) })
            File.WriteAllText(Path.Combine(folder, name), number + "\n");
    }

    private static List<VerdictCase> Open(Balancer balancer)
    {
        var log = balancer.Log;
        return [.. VerdictCases.All.Where((check, index) => !Says(log, index, check.IsUp))];
    }

    private static List<VerdictCase> Wrong(Balancer balancer)
    {
        var log = balancer.Log;
        return [.. VerdictCases.All.Where((check, index) => Says(log, index, !check.IsUp))];
    }

    private static string Names(IEnumerable<VerdictCase> cases) => string.Join("; ", cases.Select(static check => $"{check.Name} ({(check.IsUp ? "up" : "down")})"));

    private static bool Says(string[] log, int index, bool isUp)
    {
        string[] words = isUp ? ["Adding service", "Enabling service"] : ["Removing service", "Disabling service"];
        var service = $"VS [{Address(index)}]:tcp:80";
        return log.Any(line => words.Any(word => line.Contains(word, StringComparison.Ordinal)) && line.Contains(service, StringComparison.Ordinal));
    }

    private static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"10.9.{index / 200}.{(index % 200) + 1}");

    private static string Configuration(Nginx nginx, Exim exim, Knot knot)
    {
        var values = new Dictionary<string, string>
        {
            ["<http>"] = Number(nginx.Http),
            ["<tls>"] = Number(nginx.Tls),
            ["<tls12>"] = Number(nginx.Tls12),
            ["<tls13>"] = Number(nginx.Tls13),
            ["<expired>"] = Number(nginx.Expired),
            ["<mutual>"] = Number(nginx.Mutual),
            ["<smtp>"] = Number(exim.Port),
            ["<refusing>"] = Number(exim.RefusingPort),
            ["<greeting>"] = Number(exim.LongGreetingPort),
            ["<dns>"] = Number(knot.Port),
            ["<closed>"] = Number(Tools.FreePort()),
            ["<free>"] = Number(Tools.FreePort()),
            ["<digest>"] = Nginx.PageDigest,
            ["<folder>"] = nginx.Folder,
        };
        var text = new StringBuilder($$"""
            global_defs {
                router_id CHECKS
                script_user root
            }
            SSL {
                ca {{nginx.Folder}}/authority.pem
                certificate {{nginx.Folder}}/client.pem
                key {{nginx.Folder}}/client.key
            }
            track_file one {
                file {{nginx.Folder}}/one
            }
            track_file least {
                file {{nginx.Folder}}/least
            }

            """);
        for (var i = 0; i < VerdictCases.All.Count; i++)
        {
            var check = VerdictCases.All[i];
            text.Append(CultureInfo.InvariantCulture, $$"""
                virtual_server {{Address(i)}} 80 {
                    lvs_sched rr
                    lvs_method NAT
                    protocol TCP
                    delay_loop 1
                    warmup 0
                    connect_timeout 20
                    {{(check.IsUp ? "alpha\n    retry 5" : "")}}
                    {{check.Lines}}
                    real_server 127.0.1.{{i + 1}} {{check.Port}} {
                        weight 1
                        {{check.Check}}
                    }
                }

                """);
        }

        return values.Aggregate(text.ToString(), static (all, pair) => all.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
