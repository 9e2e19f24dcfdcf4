using System.Diagnostics;

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
                Path.Combine(_folder, "vrrp.pid"), "-c", Path.Combine(_folder, "checkers.pid"), "-b", Path.Combine(_folder, "bfd.pid"),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Output = ReadAsync();
    }

    /// <summary>What it printed, when it has ended.</summary>
    public Task<string> Output { get; }

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
        Shell.Run("kill", $"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private async Task<string> ReadAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var error = _process.StandardError.ReadToEndAsync();
        return await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
    }
}
