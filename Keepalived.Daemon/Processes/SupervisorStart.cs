using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;
using Keepalived.Daemon.Notify;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The road to a running supervisor: configuration, namespace, pid files, background. A .NET process cannot fork, so the background
/// is a second process of the same program that inherits the locked pid files and the configuration snapshot, and the first one exits.
/// </summary>
internal static class SupervisorStart
{
    /// <summary>Starts what the operator asked for. Returns the exit status: of the daemon with <c>-n</c>, else of its start.</summary>
    public static int Run(CommandLineResult commandLine, DaemonParts parts)
    {
        var options = commandLine.Options;
        var limits = options.CoreDump ? ScriptLimits.Current : (ScriptLimits?)null;
        ProcessIdentity.Apply(options, new GlobalDefinitions(), DaemonRole.Supervisor);
        var configuration = parts.LoadConfiguration(options.ToLoadOptions());
        var global = configuration.Configuration.Global;
        using var loggers = OpenLog(options, global);
        var logger = loggers.CreateLogger("Keepalived.Daemon.Supervisor");
        Log.Starting(logger, HelpText.Version);
        Log.CommandLine(logger, string.Join(' ', SelfImage.Arguments.Select(word => $"'{word}'")));
        foreach (var warning in commandLine.Warnings)
            Log.OptionWarning(logger, warning);

        ConfigurationLoading.LogFindings(logger, configuration);
        if (configuration.StartExitCode is { } code)
        {
            Log.ConfigurationUnusable(logger, options.ConfigurationFile);
            return Fail(options, code, configuration);
        }

        ProcessIdentity.Apply(options, global, DaemonRole.Supervisor);
        var paths = new RunPaths(options, global);
        if (options.NetworkNamespace(global) is { } name && NamespaceEntry.TryEnter(name, paths) is { } problem)
        {
            Log.NamespaceFailed(logger, name, problem);
            return ExitCode.Ok;
        }

        using var pidFiles = new PidFileSet(paths);
        if (!TryLock(pidFiles, ChildSelection.Of(options, configuration.Configuration) & parts.Available, out var reason))
        {
            Log.AlreadyRunning(logger, reason);
            return ExitCode.Ok;
        }

        using var snapshot = SnapshotFile.Create();
        snapshot.Write(configuration.Snapshot);
        if (!options.Foreground)
            return Detach(snapshot, pidFiles, limits, logger);

        return Supervise(new SupervisorContext
        {
            Options = options,
            Parts = parts,
            Configuration = configuration.Configuration.ToOutline(),
            Snapshot = snapshot,
            PidFiles = pidFiles,
            Loggers = loggers,
            Limits = limits,
        });
    }

    /// <summary>Is the process in the background.</summary>
    public static int RunDetached(RoleAssignment assignment, CommandLineOptions options, DaemonParts parts)
    {
        using var snapshot = SnapshotFile.Adopt(assignment.Snapshot);
        var configuration = parts.LoadConfiguration(snapshot.Read().ToLoadOptions());
        var global = configuration.Configuration.Global;
        ProcessIdentity.Apply(options, global, DaemonRole.Supervisor);
        using var pidFiles = new PidFileSet(new RunPaths(options, global));
        pidFiles.Adopt(DaemonRole.Supervisor, assignment.PidFiles[0]);
        for (var index = 0; index < DaemonRoleExtensions.Children.Count; index++)
        {
            if (assignment.PidFiles[index + 1] >= 0)
                pidFiles.Adopt(DaemonRoleExtensions.Children[index], assignment.PidFiles[index + 1]);
        }

        using var loggers = OpenLog(options, global);
        return Supervise(new SupervisorContext
        {
            Options = options,
            Parts = parts,
            Configuration = configuration.Configuration.ToOutline(),
            Snapshot = snapshot,
            PidFiles = pidFiles,
            Loggers = loggers,
            Limits = assignment.Limits,
        });
    }

    private static int Supervise(SupervisorContext context)
    {
        var coreDump = CoreDump.Enable(context.Options, context.Loggers.CreateLogger("Keepalived.Daemon.Supervisor"));
        using var supervisor = new Supervisor(context);
        var exitCode = supervisor.Run();
        coreDump.Restore();
        return exitCode;
    }

    private static LogQueue OpenLog(CommandLineOptions options, GlobalDefinitions global) =>
        LogQueue.Open(LogSettings.For(options, "", options.NetworkNamespace(global), global.Instance), lean: true);

    private static bool TryLock(PidFileSet files, RoleSet children, out string problem)
    {
        if (!files.TryAcquire(DaemonRole.Supervisor, out problem))
            return false;
        foreach (var role in DaemonRoleExtensions.Children)
        {
            if (children.HasFlag(role.ToSet()) && !files.TryAcquire(role, out problem))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Without a terminal's log, a daemon that cannot start would be silent on the console of who starts it: what is fatal is said
    /// there too.
    /// </summary>
    private static int Fail(CommandLineOptions options, int code, ConfigurationResult configuration)
    {
        if (options is not { LogToConsole: true, Foreground: true })
            StandardStreams.WriteErrorLine($"keepalived: {ConfigurationLoading.WhyNotStart(configuration)}");
        return code;
    }

    private static int Detach(SnapshotFile snapshot, PidFileSet pidFiles, ScriptLimits? limits, ILogger logger)
    {
        PidFile?[] files = [pidFiles[DaemonRole.Supervisor], .. DaemonRoleExtensions.Children.Select(role => pidFiles[role])];
        var assignment = new RoleAssignment(
            DaemonRole.Supervisor,
            Environment.ProcessId,
            (int)snapshot.Handle.DangerousGetHandle(),
            -1,
            [.. files.Select(file => file is null ? -1 : (int)file.Handle.DangerousGetHandle())],
            Limits: limits);
        var request = new SpawnRequest
        {
            Path = SelfImage.Path,
            Arguments = SelfImage.Arguments,
            Environment = assignment.AddTo(SelfImage.EnvironmentBlock),
            Inherited = [snapshot.Handle, .. files.Where(file => file is not null).Select(file => file!.Handle)],
            NullStreams = true,
            NewSession = true,
            Directory = "/",
        };
        var errno = ProcessSpawner.TrySpawn(request, out _);
        if (errno == 0)
            return ExitCode.Ok;
        Log.DetachFailed(logger, Errno.Message(errno));
        pidFiles.RemoveAll(logger);
        return ExitCode.Fatal;
    }
}
