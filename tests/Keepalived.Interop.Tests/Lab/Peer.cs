using System.Diagnostics;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>Programs of other projects that speak BFD, at a station: BIRD, or FRR's zebra and bfdd.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);
    private readonly Lan _lan;
    private readonly string _station;
    private readonly List<Process> _processes = [];
    private readonly List<string> _log = [];
    private string? _folder;

    private Peer(Lan lan, string station) => (_lan, _station) = (lan, station);

    public string[] Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>BIRD with a <c>protocol bfd</c> of these lines.</summary>
    public static Peer Bird(Lan lan, string station, params string[] lines)
    {
        Requirement.Tool("bird");
        var peer = new Peer(lan, station);
        var path = Path.Combine(lan.Folder, $"{station}-bird");
        File.WriteAllText(path + ".conf", $$"""
            router id {{Lan.Address(station)}};
            protocol device { }
            protocol bfd {
                {{string.Join("\n    ", lines)}}
            }
            """);
        peer.Run("bird", "-f", "-c", path + ".conf", "-s", path + ".ctl", "-P", path + ".pid");
        return peer;
    }

    /// <summary>FRR with a <c>bfd</c> section of these lines.</summary>
    public static Peer Frr(Lan lan, string station, params string[] lines)
    {
        foreach (var daemon in (string[])["zebra", "bfdd"])
        {
            if (!File.Exists("/usr/lib/frr/" + daemon))
                Assert.Inconclusive("frr is not installed");
        }

        // FRR's own user writes there.
        var folder = Directory.CreateTempSubdirectory("kdn-frr-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        var peer = new Peer(lan, station) { _folder = folder };
        File.WriteAllText(Path.Combine(folder, "zebra.conf"), "");
        File.WriteAllText(Path.Combine(folder, "bfdd.conf"), $"bfd\n {string.Join("\n ", lines)}\n");
        string[] common = ["-z", Path.Combine(folder, "zserv"), "--vty_socket", folder, "-P", "0", "--log", "stdout"];
        peer.Run("/usr/lib/frr/zebra", [.. common, "-f", Path.Combine(folder, "zebra.conf"), "-i", Path.Combine(folder, "zebra.pid")]);
        Expect.Within(StopLimit, () => File.Exists(Path.Combine(folder, "zserv")), "zebra listens");
        peer.Run(
            "/usr/lib/frr/bfdd",
            [.. common, "-f", Path.Combine(folder, "bfdd.conf"), "-i", Path.Combine(folder, "bfdd.pid"),
                "--bfdctl", Path.Combine(folder, "bfdd.ctl")]);
        return peer;
    }

    /// <summary>Says something to FRR about one of its peers.</summary>
    public void Configure(string peer, string line) => Command.Run(
        Requirement.FindTool("vtysh") ?? "vtysh",
        ["--vty_socket", _folder!, "-c", "configure terminal", "-c", "bfd", "-c", peer, "-c", line]);

    /// <summary>SIGKILL: it says nothing any more.</summary>
    public void Kill()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit(StopLimit);
            process.Dispose();
        }

        _processes.Clear();
    }

    public void Dispose()
    {
        Kill();
        if (TestContext.CurrentContext.Result.FailCount > 0)
            TestContext.Out.WriteLine(string.Join('\n', Log.TakeLast(40)));
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Requirement.FindTool(program) ?? program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _lan.Folder,
        };
        var process = Namespaces.Run(_lan.Namespace(_station), () => Process.Start(start)!);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
    }
}
