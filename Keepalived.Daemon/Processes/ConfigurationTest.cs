using System.Text;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;
using Microsoft.Win32.SafeHandles;

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

        var result = parts.LoadConfiguration(ForTest(options.ToLoadOptions()));
        var global = result.Configuration.Global;
        if (options.NetworkNamespace(global) is { } name)
        {
            // Interfaces are those of the namespace, and only the configuration itself tells which: read it again inside.
            if (NamespaceEntry.TryEnter(name, new RunPaths(options, global)) is { } problem)
            {
                Say(options, log, [Unreachable(name, problem)]);
                return ExitCode.Ok; // As the original, which says nothing.
            }

            result = parts.LoadConfiguration(ForTest(result.Snapshot.ToLoadOptions()));
        }

        Say(options, log, result.Diagnostics);
        return result.TestExitCode;
    }

    private static ConfigurationLoadOptions ForTest(ConfigurationLoadOptions options) => options with
    {
        TestMode = true,
        FindingsOnly = true,
        FindInterface = NetworkInterfaces.Find,
        CanResolve = HostNames.CanResolve,
    };

    private static Diagnostic Unreachable(string name, string problem) => new()
    {
        Code = DiagnosticCodes.NamespaceUnreachable,
        Severity = DiagnosticSeverity.Warning,
        Location = SourceLocation.None,
        Message = $"nothing is tested: the network namespace {name} cannot be entered: {problem}",
    };

    private static void Say(CommandLineOptions options, SafeFileHandle? log, IEnumerable<Diagnostic> findings)
    {
        var text = Describe(findings, options.DiagnosticsAsJson);
        if (log is not null)
            RandomAccess.Write(log, Encoding.UTF8.GetBytes(text), RandomAccess.GetLength(log));
        else if (options.DiagnosticsAsJson)
            StandardStreams.WriteOutput(text);
        else
            StandardStreams.WriteError(text);
    }

    private static string Describe(IEnumerable<Diagnostic> findings, bool asJson)
    {
        if (asJson)
        {
            using var stream = new MemoryStream();
            DiagnosticJson.Write(stream, findings);
            return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
        }

        var text = new StringBuilder();
        foreach (var finding in findings)
            text.Append(DiagnosticFormatter.ToText(finding));
        return text.ToString();
    }

    private static SafeFileHandle OpenLog(string path)
    {
        const uint mode = 0x1A4; // 0644
        var file = Libc.Open(path, Libc.OpenWriteOnly | Libc.OpenCreate | Libc.OpenAppend | Libc.OpenNoFollow, mode);
        if (file.IsInvalid)
            StandardStreams.WriteErrorLine($"Unable to open config-test log file {path}: {Errno.LastMessage}");
        return file;
    }
}
