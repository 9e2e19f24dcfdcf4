using System.Diagnostics;
using System.Globalization;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>A running keepalived, ours or the real one, at a station of a link: the same command line for both.</summary>
internal sealed class Router : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(8);
    private readonly Lan _lan;
    private readonly List<string> _log = [];
    private readonly string _path;
    private int[] _killed = [];
    private Process? _process;

    public Router(Lan lan, Build build, string station, string configuration)
    {
        (_lan, Build, Station) = (lan, build, station);
        Binary = Binaries.Path(build);
        _path = Path.Combine(lan.Folder, station);
        Configure(configuration);
    }

    public Build Build { get; }

    public string Station { get; }

    public string Binary { get; }

    public string ConfigurationFile => _path + ".conf";

    public string PidFile => _path + ".pid";

    public string VrrpPidFile => _path + ".vrrp.pid";

    public string BfdPidFile => _path + ".bfd.pid";

    /// <summary>Whether all that the configuration needs runs; else VRRP and BFD alone.</summary>
    public bool RunsBfd { get; init; }

    public int Pid => _process?.Id ?? throw new InvalidOperationException($"{Station} never started");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>The VRRP child's process id, from its pid file; null while there is none, or nothing in it yet.</summary>
    public int? VrrpPid => Read(VrrpPidFile);

    /// <summary>The BFD child's process id, likewise.</summary>
    public int? BfdPid => Read(BfdPidFile);

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Further options of its command line.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>The network namespace that it is started in: its station's, if null; empty for the machine's own.</summary>
    public string? Network { get; init; }

    /// <summary>When the process was started last, nanoseconds since 1970.</summary>
    public long StartedAt { get; private set; }

    public void Configure(params object[] blocks) => File.WriteAllText(ConfigurationFile, $$"""
        global_defs {
            enable_script_security
            script_user root
        }
        {{string.Join('\n', blocks)}}
        """);

    public void Start(params string[] prefix)
    {
        string[] command =
        [
            .. prefix, Binary, "-f", ConfigurationFile, "-n", "-l", "-D", "-G", "-p", PidFile, "-r", VrrpPidFile, "-b", BfdPidFile,
            .. RunsBfd ? Array.Empty<string>() : ["-P"], .. Options,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = _lan.Folder,
        };
        start.Environment["TMPDIR"] = _lan.Folder;
        // A killed child is a zombie until init reaps it, and a pid file that names a zombie names somebody who still runs.
        Expect.Within(StopLimit, () => !_killed.Any(pid => Directory.Exists($"/proc/{pid}")), $"the processes of {this} are reaped");
        _process?.Dispose();
        _process = Network == "" ? Run() : Namespaces.Run(Network ?? _lan.Namespace(Station), Run);
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        Process Run()
        {
            StartedAt = WallClock.Now;
            return Process.Start(start) ?? throw new InvalidOperationException($"{Binary} did not start");
        }
    }

    public bool Holds(string address) => _lan.Holds(Station, address);

    public void ExpectHolding(string address, double withinSeconds) =>
        Expect.Within(TimeSpan.FromSeconds(withinSeconds), () => Holds(address), $"{this} holds {address}");

    public void ExpectNotHolding(string address, double withinSeconds) =>
        Expect.Within(TimeSpan.FromSeconds(withinSeconds), () => !Holds(address), $"{this} gives {address} up");

    public void ExpectLog(string text, double withinSeconds) => Expect.Within(
        TimeSpan.FromSeconds(withinSeconds), () => Log.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase)),
        $"{this} logs '{text}'");

    /// <summary>Writes a new configuration and tells the daemon.</summary>
    public void Reload(params object[] blocks)
    {
        Configure(blocks);
        Signal(Libc.Hangup);
    }

    public void Signal(int signal) => _ = Libc.Check(Libc.SendSignal(Pid, signal), $"kill -{signal} {Pid}");

    /// <summary>What it writes into a file of its folder when it gets a signal.</summary>
    public string Dump(int signal, string name)
    {
        var path = Path.Combine(_lan.Folder, name);
        File.Delete(path);
        Signal(signal);
        Expect.Within(TimeSpan.FromSeconds(10), () => File.Exists(path) && File.ReadAllText(path).Length > 0, $"{name} is written");
        return File.ReadAllText(path);
    }

    /// <summary>SIGTERM; waits for the end and returns the exit status.</summary>
    public int Stop()
    {
        Signal(Libc.Terminate);
        return WaitForExit(StopLimit);
    }

    public int WaitForExit(TimeSpan within)
    {
        if (!_process!.WaitForExit(within))
            Assert.Fail($"{this} did not end within {within.TotalSeconds} s");
        return _process.ExitCode;
    }

    /// <summary>SIGKILL to every process at once, so that none can say goodbye. Returns when it was done.</summary>
    public long Crash()
    {
        int[] all = Network is null ? Namespaces.Processes(_lan.Namespace(Station)) : [.. Children(), Pid];
        // The supervisor is held first, or it would bring back a child, and its death would end one in an orderly way.
        Signal(Libc.Stop);
        foreach (var pid in all.Where(pid => pid != Pid))
            _ = Libc.SendSignal(pid, Libc.Kill);
        Signal(Libc.Kill);
        var killed = WallClock.Now;
        WaitForExit(StopLimit);
        _killed = all;
        return killed;
    }

    public override string ToString() => $"{Station} ({(Build == Build.Ours ? "ours" : "real")})";

    public void Dispose()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _ = Crash();
        _process.Dispose();
    }

    private IEnumerable<int> Children() => File.ReadAllText($"/proc/{Pid}/task/{Pid}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static pid => int.Parse(pid, CultureInfo.InvariantCulture));

    private static int? Read(string pidFile) =>
        File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.Add(line);
    }
}
