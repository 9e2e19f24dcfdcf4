using System.Globalization;
using System.Text;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>
/// The daemon's real processes around a role that does what its configuration says: one word or pair a line, see <see cref="Apply"/>.
/// The role keeps a journal of what happened to it.
/// </summary>
internal static class ScriptedDaemon
{
    /// <summary>Names the journal, and makes the test program a daemon.</summary>
    public const string JournalVariable = "KDN_JOURNAL";

    public static bool IsRequested => Environment.GetEnvironmentVariable(JournalVariable) is not null;

    public static int Run(string[] arguments) => DaemonProgram.Run(arguments, new DaemonParts(Load, _ => new ScriptedRole()));

    private static ConfigurationResult Load(ConfigurationLoadOptions options)
    {
        var source = new RecordingConfigurationSource(options.Source ?? new FileSystemConfigurationSource());
        var file = source.Read(options.Path, source.CurrentDirectory);
        var script = new Script(new KeepalivedConfiguration { NeedsVrrp = false }, ConfigurationFault.None, null);
        if (file.Status != ConfigurationFileStatus.Ok)
            script = script with { ExitCode = ExitCode.NoConfiguration, Fault = ConfigurationFault.FileNotFound };
        foreach (var line in Encoding.UTF8.GetString(file.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            script = Apply(script, line.Split(' '));
        return new ConfigurationResult
        {
            Configuration = script.Configuration,
            Diagnostics = script.Fault == ConfigurationFault.None ? [] : [Finding(script, options.Path)],
            HighestFault = script.Fault,
            TestExitCode = script.ExitCode ?? 0,
            StartExitCode = script.ExitCode,
            IsMainFileMissing = file.Status != ConfigurationFileStatus.Ok,
            Snapshot = source.ToSnapshot(options.Path, "test", allConfig: false, randomSeed: 1),
        };
    }

    private static Script Apply(Script script, string[] words)
    {
        var configuration = script.Configuration;
        var global = configuration.Global;
        return words switch
        {
            ["vrrp"] => script with { Configuration = configuration with { NeedsVrrp = true } },
            ["fault"] => script with { Fault = ConfigurationFault.General },
            ["fatal"] => script with { Fault = ConfigurationFault.Fatal, ExitCode = ExitCode.Configuration },
            ["instance", var name] => With(global with { Instance = name }),
            ["child_wait_time", var seconds] => With(global with { ChildWaitTime = TimeSpan.FromSeconds(Number(seconds)) }),
            ["startup_script", var path] => With(global with { StartupScript = Command(path) }),
            ["startup_timeout", var seconds] => With(global with { StartupScriptTimeout = TimeSpan.FromSeconds(Number(seconds)) }),
            ["shutdown_script", var path] => With(global with { ShutdownScript = Command(path) }),
            ["reload_check_config", var log] => With(global with { ReloadCheckLog = log }),
            ["reload_time_file", var path] => With(global with { ReloadTimeFile = path }),
            ["reload_repeat"] => With(global with { ReloadRepeat = true }),
            ["reload_file", var path] => With(global with { ReloadFile = path }),
            ["config_save_dir", var path] => With(global with { ConfigurationSaveDirectory = path }),
            ["role", ..] => With(global with { RouterId = string.Join(' ', words[1..]) }), // read by ScriptedRole
            _ => throw new InvalidDataException($"The scripted daemon knows no '{string.Join(' ', words)}'."),
        };

        Script With(GlobalDefinitions changed) => script with { Configuration = configuration with { Global = changed } };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static ScriptConfiguration Command(string path) => new() { Path = path, Arguments = EquatableArray.Create([path]) };

    private static Diagnostic Finding(Script script, string path) => new()
    {
        Code = DiagnosticCodes.NotActive,
        Severity = script.ExitCode is null ? DiagnosticSeverity.Error : DiagnosticSeverity.Fatal,
        Fault = script.Fault,
        Location = new SourceLocation(path, 1, 1),
        Message = script.Fault == ConfigurationFault.FileNotFound ? "there is no such file" : "something is wrong",
    };

    private sealed record Script(KeepalivedConfiguration Configuration, ConfigurationFault Fault, int? ExitCode);
}
