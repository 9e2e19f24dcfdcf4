using System.Diagnostics;
using System.Globalization;

namespace Keepalived.Kernel.Tests.Lab;

/// <summary>The distribution's keepalived, or ours, at a node, with the configuration given; killed when disposed.</summary>
internal sealed class RunningKeepalived : IDisposable
{
    /// <summary>The distribution's.</summary>
    public const string Program = "/usr/sbin/keepalived";

    private readonly string _folder = Directory.CreateTempSubdirectory("keepalived-").FullName;
    private readonly Process _process;

    private RunningKeepalived(Node node, string program, string configuration)
    {
        Write(configuration);
        _process = Process.Start(new ProcessStartInfo(
            "ip",
            [
                "netns", "exec", node.Name, program, "-n", "-l", "-f", ConfigurationFile, "-p", Path.Combine(_folder, "pid"), "-r",
                PidFile("vrrp"), "-c", PidFile("checkers"), "-b", PidFile("bfd"),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Output = ReadAsync();
    }

    /// <summary>What it printed, when it has ended.</summary>
    public Task<string> Output { get; }

    private string PidFile(string name) => Path.Combine(_folder, name + ".pid");

    private string ConfigurationFile => Path.Combine(_folder, "keepalived.conf");

    /// <summary>The distribution's.</summary>
    public static RunningKeepalived Start(Node node, string configuration) => new(node, Program, configuration);

    public static RunningKeepalived Start(Node node, string program, string configuration) => new(node, program, configuration);

    /// <summary>Writes another configuration and has it read.</summary>
    public void Reload(string configuration)
    {
        Write(configuration);
        Signal("HUP");
    }

    /// <summary>The process of one of its children, by the name of the pid file: <c>vrrp</c>, <c>checkers</c> or <c>bfd</c>; 0 if there is none.</summary>
    public int Child(string name) =>
        int.TryParse(File.Exists(PidFile(name)) ? File.ReadAllText(PidFile(name)) : "", CultureInfo.InvariantCulture, out var pid) ? pid : 0;

    /// <summary>Kills a child alone, and waits until it has a successor.</summary>
    public void KillChild(string name)
    {
        var before = Child(name);
        Shell.Run("kill", "-KILL", before.ToString(CultureInfo.InvariantCulture));
        Assert.That(() => Child(name), Is.Not.EqualTo(before).And.Not.Zero.After(20_000, 50), "a successor");
    }

    /// <summary>Asks it to stop and waits for the end.</summary>
    /// <returns>Its exit status.</returns>
    public int Stop()
    {
        Signal("TERM");
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            Kill();
        return _process.ExitCode;
    }

    /// <summary>Kills it and its children.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string configuration) => File.WriteAllText(ConfigurationFile, configuration + "\n");

    private void Signal(string name) =>
        Shell.Run("kill", $"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture));

    private async Task<string> ReadAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var error = _process.StandardError.ReadToEndAsync();
        return await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
    }
}
