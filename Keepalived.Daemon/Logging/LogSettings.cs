using Keepalived.Daemon.CommandLine;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Logging;

/// <summary>Where one process logs, and how much.</summary>
internal sealed record LogSettings
{
    /// <summary>The syslog tag: <c>Keepalived</c>, <c>Keepalived_vrrp</c> …, with namespace and instance.</summary>
    public required string Ident { get; init; }

    /// <summary>The syslog facility.</summary>
    public SyslogFacility Facility { get; init; } = SyslogFacility.Daemon;

    /// <summary>The syslog socket, or null for no syslog.</summary>
    public string? SyslogSocket { get; init; } = SyslogClient.DefaultSocket;

    /// <summary>Also log to stderr.</summary>
    public bool Console { get; init; }

    /// <summary>The log file, or null.</summary>
    public string? File { get; init; }

    /// <summary>Flush the file after each line.</summary>
    public bool FlushFile { get; init; }

    /// <summary>Records below this level are not made.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>The settings of a process.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="process">The tag's ending: empty for the supervisor, <c>vrrp</c>, <c>healthcheckers</c>, <c>bfd</c>.</param>
    /// <param name="networkNamespace">The configured network namespace, or null.</param>
    /// <param name="instance">The configured instance name, or null.</param>
    public static LogSettings For(
        CommandLineOptions options, string process, string? networkNamespace = null, string? instance = null) => new()
        {
            Ident = Join("Keepalived", process, networkNamespace, instance),
            Facility = options.Facility,
            SyslogSocket = options.UseSyslog ? SyslogClient.DefaultSocket : null,
            Console = options.LogToConsole && options.Foreground,
            File = options.LogFile is { } file ? FileName(file, process, networkNamespace, instance) : null,
            FlushFile = options.FlushLogFile,
            MinimumLevel = options switch
            {
                { TestConfiguration: true } => LogLevel.None,
                { LogDetail: 0 } => LogLevel.Information,
                { LogDetail: 1 } => LogLevel.Debug,
                _ => LogLevel.Trace,
            },
        };

    /// <summary>
    /// The log file's name with process, namespace and instance before its extension: <c>a.log</c> → <c>a_vrrp_blue_1.log</c>.
    /// </summary>
    internal static string FileName(string file, string process, string? networkNamespace, string? instance)
    {
        var ending = process == "healthcheckers" ? "check" : process;
        return Path.Combine(
            Path.GetDirectoryName(file) ?? "/",
            Join(Path.GetFileNameWithoutExtension(file), ending, networkNamespace, instance) + Path.GetExtension(file));
    }

    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var result = "";
        foreach (var part in parts)
        {
            if (!string.IsNullOrEmpty(part))
                result = result.Length == 0 ? part : result + "_" + part;
        }

        return result;
    }
}
