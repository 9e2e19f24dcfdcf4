using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon;

/// <summary>What the daemon's shell logs. Event ids 6000 to 6099 belong to it.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "Starting Keepalived v{Version} (for .NET)")]
    public static partial void Starting(ILogger logger, string version);

    [LoggerMessage(6002, LogLevel.Information, "Command line: {CommandLine}")]
    public static partial void CommandLine(ILogger logger, string commandLine);

    [LoggerMessage(6003, LogLevel.Warning, "{Warning}")]
    public static partial void OptionWarning(ILogger logger, string warning);

    [LoggerMessage(6004, LogLevel.Information, "{Finding}")]
    public static partial void ConfigurationNotice(ILogger logger, string finding);

    [LoggerMessage(6005, LogLevel.Warning, "{Finding}")]
    public static partial void ConfigurationWarning(ILogger logger, string finding);

    [LoggerMessage(6006, LogLevel.Error, "{Finding}")]
    public static partial void ConfigurationError(ILogger logger, string finding);

    [LoggerMessage(6007, LogLevel.Error, "Configuration {Path} cannot be used - terminating")]
    public static partial void ConfigurationUnusable(ILogger logger, string path);

    [LoggerMessage(6008, LogLevel.Warning, "daemon is already running: {Problem}")]
    public static partial void AlreadyRunning(ILogger logger, string problem);

    [LoggerMessage(6009, LogLevel.Error, "Network namespace {Name} cannot be entered: {Error}")]
    public static partial void NamespaceFailed(ILogger logger, string name, string error);

    [LoggerMessage(6010, LogLevel.Error, "Unable to go to the background: {Error}")]
    public static partial void DetachFailed(ILogger logger, string error);

    [LoggerMessage(6011, LogLevel.Information, "Starting {Role} child process, pid={Pid}")]
    public static partial void ChildStarted(ILogger logger, string role, int pid);

    [LoggerMessage(6012, LogLevel.Error, "Unable to start the {Role} child process: {Error}")]
    public static partial void ChildNotStarted(ILogger logger, string role, string error);

    [LoggerMessage(6013, LogLevel.Information, "Startup complete")]
    public static partial void StartupComplete(ILogger logger);

    [LoggerMessage(6014, LogLevel.Information, "Reload complete")]
    public static partial void ReloadComplete(ILogger logger);

    [LoggerMessage(6036, LogLevel.Warning, "Reload incomplete: the running configuration stays where the new one could not be taken")]
    public static partial void ReloadIncomplete(ILogger logger);

    [LoggerMessage(6015, LogLevel.Warning, "No child process to start: nothing is configured that this command line lets run")]
    public static partial void NoChildren(ILogger logger);

    [LoggerMessage(6016, LogLevel.Warning, "{Role} child process ({Pid}) ended with {Status}: restarting it in {DelaySeconds} s")]
    public static partial void ChildRespawns(ILogger logger, string role, int pid, string status, long delaySeconds);

    [LoggerMessage(6017, LogLevel.Error, "{Role} child process ({Pid}) ended with {Status}: terminating")]
    public static partial void ChildEndsAll(ILogger logger, string role, int pid, string status);

    [LoggerMessage(6018, LogLevel.Information, "{Role} child process ({Pid}) ended with {Status}")]
    public static partial void ChildEnded(ILogger logger, string role, int pid, string status);

    [LoggerMessage(6019, LogLevel.Warning, "{Role} child process ({Pid}) did not stop in time: killing it")]
    public static partial void ChildKilled(ILogger logger, string role, int pid);

    [LoggerMessage(6020, LogLevel.Information, "Stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(6021, LogLevel.Information, "Stopped Keepalived v{Version}")]
    public static partial void Stopped(ILogger logger, string version);

    [LoggerMessage(6022, LogLevel.Information, "Reloading")]
    public static partial void Reloading(ILogger logger);

    [LoggerMessage(6023, LogLevel.Information, "A start or reload is in progress: the reload follows it")]
    public static partial void ReloadQueued(ILogger logger);

    [LoggerMessage(6024, LogLevel.Error, "Reload refused, the running configuration stays: {Reason}")]
    public static partial void ReloadRefused(ILogger logger, string reason);

    [LoggerMessage(6025, LogLevel.Error, "{Role} child process could not reload: {Reason}")]
    public static partial void ChildReloadFailed(ILogger logger, string role, string reason);

    [LoggerMessage(6026, LogLevel.Warning, "{Signal} is not supported in this version: ignored")]
    public static partial void SignalUnsupported(ILogger logger, string signal);

    [LoggerMessage(6027, LogLevel.Error, "pid file {Path} cannot be written: {Error}")]
    public static partial void PidFileNotWritten(ILogger logger, string path, string error);

    [LoggerMessage(6028, LogLevel.Warning, "systemd was not told '{State}': {Error}")]
    public static partial void SystemdNotTold(ILogger logger, string state, string error);

    [LoggerMessage(6029, LogLevel.Error, "Core dump pattern cannot be written: {Error}")]
    public static partial void CorePatternFailed(ILogger logger, string error);

    [LoggerMessage(6030, LogLevel.Error, "The {Role} process cannot start: {Reason}")]
    public static partial void RoleFailed(ILogger logger, string role, string reason);

    [LoggerMessage(6031, LogLevel.Critical, "The {Role} process failed")]
    public static partial void RoleCrashed(ILogger logger, Exception error, string role);

    [LoggerMessage(6032, LogLevel.Error, "A message between supervisor and child was not understood: they are of different versions")]
    public static partial void BadRoleMessage(ILogger logger);

    [LoggerMessage(6033, LogLevel.Error, "{Path} cannot be written: {Error}")]
    public static partial void ReloadFileFailed(ILogger logger, string path, string error);

    [LoggerMessage(6034, LogLevel.Warning, "The {What} could not be set: {Error}")]
    public static partial void SchedulingRefused(ILogger logger, string what, string error);

    [LoggerMessage(6035, LogLevel.Warning, "The {Role} process had a processor for longer at a time than its rlimit_rttime allows: the limit may need raising")]
    public static partial void RealTimeLimitReached(ILogger logger, string role);

    [LoggerMessage(6040, LogLevel.Error, "Script {Script} cannot be started: {Error}")]
    public static partial void ScriptNotStarted(ILogger logger, string script, string error);

    [LoggerMessage(6041, LogLevel.Warning, "{Hint}")]
    public static partial void ScriptHint(ILogger logger, string hint);

    [LoggerMessage(6042, LogLevel.Warning, "{Kind} script {Script} ended with {Status}")]
    public static partial void ScriptFailed(ILogger logger, string kind, string script, string status);

    [LoggerMessage(6043, LogLevel.Warning, "{Kind} script {Script} took too long and was ended")]
    public static partial void ScriptTimedOut(ILogger logger, string kind, string script);

    [LoggerMessage(6044, LogLevel.Information, "Script `{Name}` now returning {Status}")]
    public static partial void TrackScriptStatus(ILogger logger, string name, string status);

    [LoggerMessage(6045, LogLevel.Information, "VRRP_Script({Name}) {Outcome}")]
    public static partial void TrackScriptOutcome(ILogger logger, string name, string outcome);

    [LoggerMessage(6046, LogLevel.Warning, "Track script {Name} is still running: this run is left out")]
    public static partial void TrackScriptBusy(ILogger logger, string name);

    [LoggerMessage(6048, LogLevel.Information, "Track file {Name} is {Number}")]
    public static partial void TrackFileNumber(ILogger logger, string name, int number);

    [LoggerMessage(6049, LogLevel.Warning, "Track file {Name}: the number in {Path} does not fit 32 bits: the last one stays")]
    public static partial void TrackFileOutOfRange(ILogger logger, string name, string path);

    [LoggerMessage(6050, LogLevel.Error, "Track file {Name}: {Path} cannot be read: {Error}")]
    public static partial void TrackFileNotRead(ILogger logger, string name, string path, string error);

    [LoggerMessage(6051, LogLevel.Error, "Track file {Name}: the directory of {Path} cannot be watched: {Error}")]
    public static partial void TrackFileNotWatched(ILogger logger, string name, string path, string error);

    [LoggerMessage(6052, LogLevel.Error, "Track file {Name} cannot be written: {Error}")]
    public static partial void TrackFileNotWritten(ILogger logger, string name, string error);

    [LoggerMessage(6053, LogLevel.Error, "Track file {Name}: {Path} is not a regular file: it is left as it is")]
    public static partial void TrackFileNotRegular(ILogger logger, string name, string path);

    [LoggerMessage(6054, LogLevel.Information, "Track process {Name}: {Count} processes, quorum {Change}")]
    public static partial void ProcessQuorum(ILogger logger, string name, int count, string change);

    [LoggerMessage(6055, LogLevel.Warning, "The kernel does not tell of processes here, so they are looked at every second: {Reason}")]
    public static partial void ProcessesPolled(ILogger logger, string reason);

    [LoggerMessage(6056, LogLevel.Warning, "Events of processes were lost: all processes are looked at again")]
    public static partial void ProcessEventsLost(ILogger logger);

    [LoggerMessage(6057, LogLevel.Error, "FIFO {Path} cannot be used: {Error}")]
    public static partial void FifoUnusable(ILogger logger, string path, string error);

    [LoggerMessage(6058, LogLevel.Warning, "FIFO {Path} is full: its lines wait here for its reader")]
    public static partial void FifoFull(ILogger logger, string path);

    [LoggerMessage(6059, LogLevel.Error, "FIFO {Path}: its reader does not come, the oldest of {Limit} lines that wait are lost from now on")]
    public static partial void FifoLosesLines(ILogger logger, string path, int limit);

    [LoggerMessage(6060, LogLevel.Information, "FIFO {Path} is read again; lines lost: {Lost}")]
    public static partial void FifoReadAgain(ILogger logger, string path, long lost);

    [LoggerMessage(6061, LogLevel.Warning, "FIFO {Path} was closed before its reader came; lines lost: {Lost}")]
    public static partial void FifoClosedUnread(ILogger logger, string path, long lost);

    [LoggerMessage(6062, LogLevel.Warning, "The script of FIFO {Path}, {Script}, ended with {Status}")]
    public static partial void FifoScriptEnded(ILogger logger, string path, string script, string status);

    [LoggerMessage(6063, LogLevel.Information, "FIFO {Path} was closed; bytes that nobody had read: {Count}")]
    public static partial void FifoLeftUnread(ILogger logger, string path, int count);

    [LoggerMessage(6070, LogLevel.Warning, "More than {Limit} mails wait: the oldest are lost from now on")]
    public static partial void MailsDropped(ILogger logger, int limit);

    [LoggerMessage(6071, LogLevel.Warning, "Mails lost, as too many waited: {Count}")]
    public static partial void MailsWereDropped(ILogger logger, int count);

    [LoggerMessage(6072, LogLevel.Warning, "Mails not delivered at the stop: {Count}")]
    public static partial void MailsLeft(ILogger logger, int count);

    [LoggerMessage(6073, LogLevel.Error, "Mail '{Subject}' was not delivered by {Server}: {Reason}")]
    public static partial void MailNotDelivered(ILogger logger, string subject, string server, string reason);

    [LoggerMessage(6074, LogLevel.Warning, "Mail '{Subject}' is not delivered by {Server} yet: {Reason}; it is tried again in {Seconds} s")]
    public static partial void MailDelayed(ILogger logger, string subject, string server, string reason, double seconds);

    [LoggerMessage(6075, LogLevel.Information, "Written: {Path}")]
    public static partial void DumpWritten(ILogger logger, string path);

    [LoggerMessage(6076, LogLevel.Error, "{Path} cannot be written: {Error}")]
    public static partial void DumpNotWritten(ILogger logger, string path, string error);

    [LoggerMessage(6077, LogLevel.Information, "A reload is scheduled for {Time:u}")]
    public static partial void ReloadTimeSet(ILogger logger, DateTime time);

    [LoggerMessage(6078, LogLevel.Information, "The scheduled reload is cancelled")]
    public static partial void ReloadTimeCancelled(ILogger logger);

    [LoggerMessage(6079, LogLevel.Warning, "The time for a reload, {Time:u}, has passed: ignored")]
    public static partial void ReloadTimePassed(ILogger logger, DateTime time);

    [LoggerMessage(6080, LogLevel.Error, "{Path} does not say when to reload: HH:MM:SS, or with YYYY-MM-DD and a blank before it, and perhaps a Z for UTC at the end")]
    public static partial void ReloadTimeInvalid(ILogger logger, string path);

    [LoggerMessage(6081, LogLevel.Error, "{Path} is not watched until the next reload: {Reason}")]
    public static partial void ReloadTimeNotWatched(ILogger logger, string path, string reason);

    [LoggerMessage(6082, LogLevel.Warning, "{Process}: a timer was {Milliseconds:F1} ms late; real-time priority is {Priority} from now on")]
    public static partial void PriorityRaised(ILogger logger, string process, double milliseconds, int priority);

    [LoggerMessage(6083, LogLevel.Warning, "{Process}: a timer was {Milliseconds:F1} ms late")]
    public static partial void TimerLate(ILogger logger, string process, double milliseconds);

    [LoggerMessage(6084, LogLevel.Information, "{Line}")]
    public static partial void DumpLine(ILogger logger, string line);

    [LoggerMessage(6047, LogLevel.Warning, "Track script {Name} took too long and was ended")]
    public static partial void TrackScriptTimedOut(ILogger logger, string name);
}
