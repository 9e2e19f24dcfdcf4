using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary><c>keepalived -t</c> of large configurations, in a namespace with one interface.</summary>
internal sealed class ConfigurationTest : IDisposable
{
    private const int ServersInAGroup = 10;
    private readonly string _namespace = Namespaces.NextName();
    private readonly string _folder = Directory.CreateTempSubdirectory("kdn-").FullName;

    public ConfigurationTest()
    {
        Command.Run("ip", ["netns", "add", _namespace]);
        Command.Run("ip", ["-n", _namespace, "link", "add", "eth0", "type", "veth", "peer", "name", "eth1"]);
        Command.Run("ip", ["-n", _namespace, "link", "set", "eth0", "up"]);
    }

    /// <summary>Virtual servers with ten real servers each, every one with a TCP check.</summary>
    public string RealServers(int count)
    {
        var text = new StringBuilder("global_defs {\n    router_id bench\n}\n\n");
        for (var number = 0; number < count; number++)
        {
            var service = number / ServersInAGroup;
            if (number % ServersInAGroup == 0)
            {
                Append(text, $"virtual_server 10.{service >> 8}.{service & 255}.1 80 {{\n");
                text.Append("    delay_loop 6\n    lvs_sched wrr\n    lvs_method NAT\n    protocol TCP\n\n");
            }
            Append(text, $"    real_server 172.{16 + (number >> 16)}.{(number >> 8) & 255}.{number & 255} 80 {{\n");
            text.Append("        weight 1\n        TCP_CHECK {\n            connect_timeout 3\n        }\n    }\n");
            if (number % ServersInAGroup == ServersInAGroup - 1)
                text.Append("}\n");
        }
        return Write($"real-servers-{count}", text);
    }

    /// <summary>Instances, 255 to a multicast group: a router id is one byte, and within a group on an interface no two are the same.</summary>
    public string Instances(int count)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            var (id, group) = (number % 255 + 1, number / 255);
            Append(text, $"vrrp_instance V{number} {{\n    interface eth0\n");
            Append(text, $"    virtual_router_id {id}\n    mcast_dst_ip 224.0.1.{group + 1}\n");
            Append(text, $"    priority 100\n    advert_int 1\n    virtual_ipaddress {{\n        10.{group}.{id}.1/24\n    }}\n}}\n");
        }
        return Write($"instances-{count}", text);
    }

    /// <summary>Milliseconds from the start of the process to its end.</summary>
    public double Milliseconds(Build build, string file)
    {
        var (process, started) = Start(build, file);
        using (process)
        {
            process.WaitForExit();
            Ended(process, file);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
    }

    /// <summary>The largest resident memory in MiB: the kernel's own high-water mark, looked at until the end.</summary>
    public double Mebibytes(Build build, string file)
    {
        var (process, _) = Start(build, file);
        using (process)
        {
            double peak = 0;
            while (!process.HasExited)
                peak = Math.Max(peak, HighWaterMark(process.Id));
            Ended(process, file);
            return peak;
        }
    }

    public void Dispose()
    {
        Namespaces.Remove([_namespace]);
        Directory.Delete(_folder, recursive: true);
    }

    private (Process Process, long Started) Start(Build build, string file) => Namespaces.Run(_namespace, () =>
    {
        var start = new ProcessStartInfo(Binaries.Path(build), ["-t", "-f", file]) { UseShellExecute = false };
        var now = Stopwatch.GetTimestamp();
        return (Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start"), now);
    });

    private static void Ended(Process process, string file)
    {
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"-t of {file} ended with {process.ExitCode}");
    }

    private static double HighWaterMark(int pid)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return double.Parse(
                        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
            }
        }
        catch (IOException)
        {
            // It ended between the question and the answer; what was seen before counts.
        }
        return 0;
    }

    private string Write(string name, StringBuilder text)
    {
        var path = Path.Combine(_folder, name + ".conf");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static void Append(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line));
}
