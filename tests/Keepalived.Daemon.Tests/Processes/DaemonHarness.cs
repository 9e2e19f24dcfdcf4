using System.Diagnostics;
using System.Globalization;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>A scripted daemon in a directory of its own. Whatever it leaves running is killed at the end.</summary>
internal sealed class DaemonHarness : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<Process> _started = [];

    public DaemonHarness(string configuration)
    {
        DirectoryPath = Directory.CreateTempSubdirectory("kdn-daemon-").FullName;
        File.SetUnixFileMode(DirectoryPath, (UnixFileMode)0x1FF);
        Configure(configuration);
    }

    public string DirectoryPath { get; }

    public string PidFile => PathOf("keepalived.pid");

    public string VrrpPidFile => PathOf("vrrp.pid");

    /// <summary>What happened to the role, one event a line.</summary>
    public string[] Journal => File.Exists(PathOf("journal")) ? File.ReadAllLines(PathOf("journal")) : [];

    /// <summary>What the supervisor logged.</summary>
    public string Log => File.Exists(PathOf("k.log")) ? File.ReadAllText(PathOf("k.log")) : "";

    public string PathOf(string name) => Path.Combine(DirectoryPath, name);

    public void Configure(string configuration) =>
        File.WriteAllText(PathOf("k.conf"), configuration.Replace(";", "\n", StringComparison.Ordinal));

    /// <summary>Writes an executable script.</summary>
    public string Script(string name, string body)
    {
        File.WriteAllText(PathOf(name), $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(PathOf(name), (UnixFileMode)0x1ED);
        return PathOf(name);
    }

    /// <summary>Starts a daemon.</summary>
    public Process Start(params string[] options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, WorkingDirectory = DirectoryPath };
        string[] paths = ["-f", PathOf("k.conf"), "-p", PidFile, "-r", VrrpPidFile, "-g" + PathOf("k.log")];
        foreach (var option in (string[])[.. paths, "-G", "--flush-log-file", .. options])
            start.ArgumentList.Add(option);
        start.Environment[ScriptedDaemon.JournalVariable] = PathOf("journal");
        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    /// <summary>Starts a daemon in the foreground and waits until its role runs.</summary>
    public Process StartForeground(params string[] options)
    {
        var process = Start(["-n", .. options]);
        Until(() => Log.Contains("Startup complete", StringComparison.Ordinal), "the daemon starts");
        return process;
    }

    public static int ExitCode(Process process)
    {
        Assert.That(process.WaitForExit(Patience), Is.True, "the process ends");
        return process.ExitCode;
    }

    public static int ReadPid(string path) => int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);

    public static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    public void Until(Func<bool> condition, string what) => Assert.That(
        condition, Is.True.After((int)Patience.TotalMilliseconds, 20),
        () => $"{what}\njournal:\n{string.Join('\n', Journal)}\nlog:\n{Log}");

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        if (File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture, out var pid) && IsOurs(pid))
            Signal(pid, "KILL"); // a daemon in the background that a failed test left; its children die with it
        Directory.Delete(DirectoryPath, recursive: true);
    }

    private bool IsOurs(int pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Contains(DirectoryPath, StringComparison.Ordinal);
}
