using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keepalived.Netlink.Io;

namespace Keepalived.BfdEndToEnd;

/// <summary>Two namespaces, 1 and 2, joined by a veth pair, with as many addresses as there are sessions. Removed when disposed.</summary>
internal sealed class Lab : IDisposable
{
    public const int RealTimePriority = 50;
    private static int _last;
    private readonly string[] _names;
    private readonly List<Process> _processes = [];
    private readonly int _sessions;

    public Lab(int sessions)
    {
        _sessions = sessions;
        _names = [NextName(), NextName()];
        Folder = Directory.CreateTempSubdirectory("kdb-").FullName;
        foreach (var name in _names)
            Run("ip", "netns", "add", name);
        Run("ip", "link", "add", "eth0", "netns", _names[0], "type", "veth", "peer", "name", "eth0", "netns", _names[1]);
        for (var end = 1; end <= 2; end++)
        {
            var batch = new StringBuilder("link set lo up\nlink set eth0 up\n");
            for (var number = 0; number < sessions; number++)
                batch.Append(CultureInfo.InvariantCulture, $"address add {Address(number, $"{end}")}/24 dev eth0\n");
            var file = Path.Combine(Folder, $"ip{end}");
            File.WriteAllText(file, batch.ToString());
            Run("ip", "-n", _names[end - 1], "-batch", file);
        }
    }

    public string Folder { get; }

    /// <summary>Our daemon as published, or as <c>KEEPALIVED_UNDER_TEST</c> says.</summary>
    public static string Daemon { get; } =
        Environment.GetEnvironmentVariable("KEEPALIVED_UNDER_TEST") ?? Path.GetFullPath("artifacts/daemon/keepalived");

    public static string Address(int number, string host) => $"10.{93 + (number / 200)}.{number % 200}.{host}";

    public NetworkNamespace Open(int end) => NetworkNamespace.Open(_names[end - 1]);

    /// <summary>Starts an implementation at one end.</summary>
    public Process Start(Implementation implementation, int end, Load load)
    {
        var other = end == 1 ? "2" : "1";
        string[] command = implementation switch
        {
            Implementation.Ours =>
            [
                Environment.ProcessPath!, "--host", other, $"{_sessions}", $"{load.Milliseconds}", $"{load.Multiplier}",
                load.RealTime ? "real-time" : "normal",
            ],
            Implementation.Bird =>
            [
                .. load.RealTime ? ["chrt", "-r", $"{RealTimePriority}"] : Array.Empty<string>(),
                "/usr/sbin/bird", "-f", "-c", Write(end, BirdConfiguration(end, other, load)), "-s", Path.Combine(Folder, $"s{end}"), "-P",
                Path.Combine(Folder, $"p{end}"),
            ],
            _ =>
            [
                "/usr/sbin/keepalived", "-n", "-l", "-G", "-f", Write(end, RealConfiguration(end, other, load)), "-p",
                Path.Combine(Folder, $"p{end}"), "-b", Path.Combine(Folder, $"b{end}"), "-r", Path.Combine(Folder, $"r{end}"),
            ],
        };
        return Start(end, command);
    }

    /// <summary>Starts a keepalived at one end, ours as published or the real one, that gives its address up when the session is down.</summary>
    public Process StartDaemon(Implementation implementation, int end, Load load)
    {
        var configuration = RealConfiguration(end, end == 1 ? "2" : "1", load).Replace(
            "global_defs {\n", $"global_defs {{\n vrrp_rt_priority {RealTimePriority}\n", StringComparison.Ordinal)
            + "vrrp_instance V {\n version 3\n interface eth0\n virtual_router_id 51\n priority 200\n advert_int 0.1\n"
            + " virtual_ipaddress {\n 10.93.0.100/24\n }\n track_bfd {\n n0\n }\n}\n";
        var binary = implementation == Implementation.Ours ? Daemon : "/usr/sbin/keepalived";
        return Start(
            end,
            [
                binary, "-n", "-l", "-G", "-f", Write(end, configuration), "-p", Path.Combine(Folder, $"p{end}"), "-b",
                Path.Combine(Folder, $"b{end}"), "-r", Path.Combine(Folder, $"r{end}"),
            ]);
    }

    private Process Start(int end, string[] command)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", _names[end - 1], .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }

    /// <summary>Nanoseconds that the processes of an end had a processor so far: the scheduler's own count.</summary>
    public long RunTime(int end) => Processes(end).SelectMany(static pid => Threads(pid)).Sum(static task =>
    {
        try
        {
            return long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    });

    /// <summary>Packets that an end has sent so far.</summary>
    public long Sent(int end) =>
        long.Parse(Run("ip", "netns", "exec", _names[end - 1], "cat", "/sys/class/net/eth0/statistics/tx_packets"), CultureInfo.InvariantCulture);

    /// <summary>Ends all processes of an end at once, as a power failure would.</summary>
    public void Kill(int end)
    {
        foreach (var pid in Processes(end).Reverse())
        {
            try
            {
                Process.GetProcessById(pid).Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }

    public void Dispose()
    {
        Kill(1);
        Kill(2);
        foreach (var process in _processes)
        {
            process.WaitForExit();
            process.Dispose();
        }

        foreach (var name in _names)
            Run("ip", "netns", "del", name);
        Directory.Delete(Folder, recursive: true);
    }

    private int[] Processes(int end) =>
        [.. Run("ip", "netns", "pids", _names[end - 1]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pid => int.Parse(pid, CultureInfo.InvariantCulture))];

    private static string[] Threads(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"kdbe-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    private string Write(int end, string configuration)
    {
        var file = Path.Combine(Folder, $"c{end}");
        File.WriteAllText(file, configuration);
        return file;
    }

    private string BirdConfiguration(int end, string other, Load load) =>
        $"router id 10.93.0.{end};\nprotocol device {{}}\nprotocol bfd {{\n"
        + $"interface \"eth0\" {{ interval {load.Milliseconds} ms; multiplier {load.Multiplier}; }};\n"
        + string.Concat(Enumerable.Range(0, _sessions).Select(number =>
            $"neighbor {Address(number, other)} dev \"eth0\" local {Address(number, $"{end}")};\n"))
        + "}\n";

    private string RealConfiguration(int end, string other, Load load) =>
        (load.RealTime ? $"global_defs {{\n bfd_rt_priority {RealTimePriority}\n}}\n" : string.Empty)
        + string.Concat(Enumerable.Range(0, _sessions).Select(number =>
            $"bfd_instance n{number} {{\n neighbor_ip {Address(number, other)}\n source_ip {Address(number, $"{end}")}\n min_rx {load.Milliseconds}\n"
            + $" min_tx {load.Milliseconds}\n multiplier {load.Multiplier}\n}}\n"));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
