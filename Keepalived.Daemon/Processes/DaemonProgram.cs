using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.GenHash;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;
using Keepalived.Daemon.Notify;

namespace Keepalived.Daemon.Processes;

/// <summary>The entry: finds out what this process is to be, and is it.</summary>
internal static class DaemonProgram
{
    /// <summary>Runs the process. Returns its exit status.</summary>
    /// <param name="arguments">The command line, without the program.</param>
    /// <param name="parts">What the daemon consists of.</param>
    public static int Run(string[] arguments, DaemonParts parts)
    {
        if (arguments is [ScriptTrampoline.Marker, ..])
            return ScriptTrampoline.Run(arguments);
        if (GenHashCommand.IsCalled(arguments, out var words))
            return GenHashCommand.Run(words);
        Libc.CloseAllOnExec();

        foreach (var signal in (ReadOnlySpan<int>)[SignalNames.Hangup, SignalNames.Interrupt, SignalNames.Terminate, SignalNames.Child])
            Libc.ResetSignal(signal);

        try
        {
            var assignment = RoleAssignment.OfThisProcess();
            var commandLine = CommandLineParser.Parse(arguments);
            if (assignment is { Role: not DaemonRole.Supervisor })
                return ChildHost.Run(assignment, commandLine.Options, parts);
            if (assignment is not null)
                return SupervisorStart.RunDetached(assignment, commandLine.Options, parts);

            if (commandLine.Output.Length > 0)
                StandardStreams.WriteOutput(commandLine.Output);
            if (commandLine.Errors.Length > 0)
                StandardStreams.WriteError(commandLine.Errors);
            if (commandLine.ExitCode is { } code)
                return code;
            if (commandLine.Options is { HelpKeyword: not null } or { ShowSchema: true })
                return ConfigurationHelp.Run(commandLine.Options);
            return commandLine.Options.TestConfiguration
                ? ConfigurationTest.Run(commandLine.Options, parts)
                : SupervisorStart.Run(commandLine, parts);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            StandardStreams.WriteErrorLine($"keepalived: {error.Message}");
            return ExitCode.Fatal;
        }
    }
}
