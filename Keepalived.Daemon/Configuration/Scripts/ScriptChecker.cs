using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>
/// Decides whether a script may be run: it must exist and be executable for its user, and one that runs as root should not lie where others
/// than root can change it.
/// </summary>
internal sealed class ScriptChecker(BindContext context, bool security, bool keepSymlinks)
{
    private const uint SetUserId = 0x800;
    private const uint SetGroupId = 0x400;
    private const uint Sticky = 0x200;
    private const uint GroupWrite = 0x10;
    private const uint OtherWrite = 0x2;
    private const uint AnyExecute = 0x49;

    private readonly IScriptEnvironment _environment = context.ScriptEnvironment;

    private bool _anyInsecure;
    private SourceLocation? _first;

    /// <summary>
    /// The script as it will be run; null, reported, if it will not be. That is a fault for what is tracked, and for the rest no more than
    /// a
    /// warning, as in the original.
    /// </summary>
    public ScriptConfiguration? Check(ScriptCommand? command, bool isFault = false)
    {
        if (command is null || command == ScriptCommand.None)
            return null;
        if (command.Arguments[0] is ['<', .. var opened])
            return opened.StartsWith('/') ? ToRun(command, command.Arguments[0]) // A file to open: nothing of root's is run.
                : Refuse(command, isFault, "a path must follow the <", null);
        var path = command.Arguments[0];
        if (!path.Contains('/', StringComparison.Ordinal))
        {
            if (Search(path) is not { } found)
                return Refuse(command, isFault, $"'{path}' is not found in PATH", "a full path");
            context.Remark(command.Location, DiagnosticCodes.ScriptUnusable,
                $"{command.Keyword}: '{path}' is found at {found}; a full path is safer");
            path = found;
        }

        if (_environment.Resolve(path) is not { } resolved || _environment.GetStatus(resolved) is not { } status)
            return Refuse(command, isFault, $"'{path}' cannot be accessed", null);
        if (!status.IsRegularFile || !IsExecutable(status, command.User))
        {
            // To the original it is a script as far as its security goes, and only later one that it disables, which its test does not say.
            _first ??= command.Location;
            return Refuse(command, isFault && status.IsDirectory,
                $"'{path}' is {(status.IsDirectory ? "a directory" : status.IsRegularFile ? "not executable for its user" : "not a regular file")}", null);
        }

        if (NeedsWalk(status, command.User) && FindInsecure(resolved) is { } why)
        {
            if (security)
                return Refuse(command, isFault, why, null);
            _anyInsecure = true;
            context.Remark(command.Location, DiagnosticCodes.ScriptSecurity, $"{command.Keyword}: {why}");
        }

        return Accept(command, keepSymlinks ? path : resolved);
    }

    /// <summary>Reports that scripts will run without script security.</summary>
    public void ReportSecurity()
    {
        if (security || _first is not { } place)
            return;
        context.Diagnostics.Report(DiagnosticCodes.ScriptSecurity, DiagnosticSeverity.Warning, ConfigurationFault.Security, place,
            _anyInsecure ? "scripts run without enable_script_security, and some can be changed by others than root"
                : "scripts run without enable_script_security", "enable_script_security in global_defs");
    }

    private ScriptConfiguration Accept(ScriptCommand command, string path)
    {
        _first ??= command.Location;
        return ToRun(command, path);
    }

    private static ScriptConfiguration ToRun(ScriptCommand command, string path) => new()
    {
        Arguments = EquatableArray.Create<string>(command.Arguments),
        Path = path,
        UserId = command.User.UserId,
        GroupId = command.User.GroupId,
        UserName = command.User.Name,
        SupplementaryGroups = command.User.SupplementaryGroups,
    };

    private ScriptConfiguration? Refuse(ScriptCommand command, bool isFault, string why, string? expected)
    {
        context.Diagnostics.Report(DiagnosticCodes.ScriptUnusable, isFault ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            isFault ? ConfigurationFault.General : ConfigurationFault.None, command.Location,
            $"{command.Keyword}: {why}; the script is left out", expected, length: command.Length);
        return null;
    }

    private string? Search(string name)
    {
        foreach (var directory in (_environment.SearchPath ?? "/bin:/usr/bin").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = $"{directory}/{name}";
            if (_environment.Resolve(path) is { } resolved && _environment.GetStatus(resolved) is { } status
                && (status.Mode & AnyExecute) != 0)
                return path;
        }

        return null;
    }

    private static bool IsExecutable(ScriptFileStatus status, ScriptUser user) => (status.Mode & user switch
    {
        { UserId: 0 } => AnyExecute,
        _ when user.UserId == status.UserId => 0x40u,
        _ when user.GroupId == status.GroupId => 0x8u,
        _ => 0x1u,
    }) != 0;

    // Only what runs with the rights of root is worth being replaced.
    private static bool NeedsWalk(ScriptFileStatus status, ScriptUser user) =>
        user.UserId == 0 || user.GroupId == 0
        || (status.UserId == 0 && (status.Mode & SetUserId) != 0 && (status.Mode & 0x40) != 0)
        || (status.GroupId == 0 && (status.Mode & SetGroupId) != 0 && (status.Mode & 0x8) != 0);

    private string? FindInsecure(string resolved)
    {
        for (var end = 0; end <= resolved.Length;)
        {
            var part = end == 0 ? "/" : resolved[..end];
            if (_environment.GetStatus(part) is not { } status)
                return $"{part} cannot be accessed";
            if (status.UserId != 0)
                return $"{part} does not belong to root";
            var writable = (status.Mode & OtherWrite) != 0 || ((status.Mode & GroupWrite) != 0 && status.GroupId != 0);
            if (writable && !(status.IsDirectory && (status.Mode & Sticky) != 0))
                return $"{part} can be changed by others than root";
            if (end == resolved.Length)
                break;
            var next = resolved.IndexOf('/', end + 1);
            end = next < 0 ? resolved.Length : next;
        }

        return null;
    }
}
