using System.Text;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary><c>-t</c>: reads the configuration, says what was found, and nothing else.</summary>
internal static class ConfigurationTest
{
    /// <summary>Tests. Returns the exit status.</summary>
    public static int Run(CommandLineOptions options, DaemonParts parts)
    {
        using var log = options.TestLogFile is { } path ? OpenLog(path) : null;
        if (log is { IsInvalid: true })
            return ExitCode.Fatal;

        var load = options.ToLoadOptions() with { FindInterface = NetworkInterfaces.Find };
        var result = parts.LoadConfiguration(load);
        var global = result.Configuration.Global;
        if (options.NetworkNamespace(global) is { } name)
        {
            // Interfaces are those of the namespace, and only the configuration itself tells which: read it again inside.
            if (NamespaceEntry.TryEnter(name, new RunPaths(options, global)) is not null)
                return ExitCode.Ok;
            load = result.Snapshot.ToLoadOptions() with { TestMode = true, FindInterface = NetworkInterfaces.Find };
            result = parts.LoadConfiguration(load);
        }

        var text = Describe(result, options.DiagnosticsAsJson);
        if (log is not null)
            RandomAccess.Write(log, Encoding.UTF8.GetBytes(text), RandomAccess.GetLength(log));
        else if (options.DiagnosticsAsJson)
            StandardStreams.WriteOutput(text);
        else
            StandardStreams.WriteError(text);
        return result.TestExitCode;
    }

    private static string Describe(ConfigurationResult result, bool asJson)
    {
        if (asJson)
        {
            using var stream = new MemoryStream();
            DiagnosticJson.Write(stream, result.Diagnostics);
            return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
        }

        var text = new StringBuilder();
        foreach (var finding in result.Diagnostics)
            text.Append(DiagnosticFormatter.ToText(finding));
        return text.ToString();
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle OpenLog(string path)
    {
        const uint mode = 0x1A4; // 0644
        var file = Libc.Open(path, Libc.OpenWriteOnly | Libc.OpenCreate | Libc.OpenAppend | Libc.OpenNoFollow, mode);
        if (file.IsInvalid)
            StandardStreams.WriteErrorLine($"Unable to open config-test log file {path}: {Errno.LastMessage}");
        return file;
    }
}
