using System.Diagnostics;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>
/// The checker process of a keepalived, ours or the distribution's, with a kernel that says yes to all that is asked of IPVS. Killed when
/// disposed.
/// </summary>
internal sealed class Balancer : IDisposable
{
    private readonly List<string> _log = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("kdc-").FullName;
    private readonly Process _process;

    /// <param name="network">Where it runs.</param>
    /// <param name="program">Which one.</param>
    /// <param name="configuration">What it does.</param>
    public Balancer(Network network, string program, string configuration)
    {
        var file = Path.Combine(_folder, "keepalived.conf");
        File.WriteAllText(file, configuration);
        var stub = Path.Combine(_folder, "stub.so");
        Tools.Run(
            Tools.Find("gcc") ?? Tools.Require("clang"), "-O1", "-shared", "-fPIC", "-o", stub,
            Path.Combine(AppContext.BaseDirectory, "ipvs-stub.c"), "-ldl", "-lpthread");
        _process = Process.Start(new ProcessStartInfo(
            "ip",
            [
                "netns", "exec", network.Name, "env", $"LD_PRELOAD={stub}", program, "-n", "-l", "-D", "-G", "-C", "-f", file,
                "-p", Path.Combine(_folder, "pid"), "-c", Path.Combine(_folder, "checkers.pid"), "-r", Path.Combine(_folder, "vrrp.pid"),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _folder,
        })!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ours: what <c>KEEPALIVED_UNDER_TEST</c> names, else the published binary, else the build beside these tests.</summary>
    public static string Ours
    {
        get
        {
            if (Environment.GetEnvironmentVariable("KEEPALIVED_UNDER_TEST") is { Length: > 0 } named)
                return named;
            var output = AppContext.BaseDirectory;
            var root = output[..output.LastIndexOf("/tests/", StringComparison.Ordinal)];
            var tail = output[(output.LastIndexOf("/bin/", StringComparison.Ordinal) + 1)..];
            var found = new[] { $"{root}/artifacts/daemon/keepalived", $"{root}/Keepalived.Daemon/{tail}/keepalived" }.FirstOrDefault(File.Exists);
            if (found is null)
                Assert.Inconclusive("our daemon is not built");
            return found!;
        }
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>All that it logged.</summary>
    public string[] Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Asks it to stop, and waits for the end.</summary>
    public void Stop()
    {
        Tools.Run("kill", "-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(_process.WaitForExit(TimeSpan.FromSeconds(20)), "it ends when asked to");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_log)
            _log.Add(line.Data);
    }
}
