using System.Globalization;
using Keepalived.Daemon.Notify;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// What a process that the daemon starts of itself is told: its role and the descriptors it inherited. All processes have the same
/// command line, as the real program's; the assignment travels in one environment variable, which scripts never get to see.
/// </summary>
/// <param name="Role">What to be. <see cref="DaemonRole.Supervisor"/> is the detached one of daemon mode.</param>
/// <param name="Parent">The process id of who started it.</param>
/// <param name="Snapshot">Descriptor of the configuration snapshot.</param>
/// <param name="Channel">Descriptor of the <see cref="RoleChannel"/>, or -1.</param>
/// <param name="PidFiles">Descriptors of the locked pid files: a child's own; for the detached supervisor its own and the children's in
/// the order of <see cref="DaemonRoleExtensions.Children"/>, -1 where there is none.</param>
/// <param name="BfdEvents">Descriptor of the child's end of the <see cref="BfdEvents.BfdRendezvous"/>, or -1.</param>
/// <param name="Limits">The limits to give back to scripts, if the daemon changed its own.</param>
internal sealed record RoleAssignment(
    DaemonRole Role,
    int Parent,
    int Snapshot,
    int Channel,
    IReadOnlyList<int> PidFiles,
    int BfdEvents = -1,
    ScriptLimits? Limits = null)
{
    /// <summary>Whether another process had this role until it died.</summary>
    public bool IsRestart { get; init; }

    /// <summary>The environment variable.</summary>
    public const string Variable = "KEEPALIVED_ROLE";

    private const string RestartMark = "+";

    /// <summary>The assignment of this process, or null if it is the one that the operator started.</summary>
    /// <exception cref="FormatException">The variable is set, but not by us.</exception>
    public static RoleAssignment? OfThisProcess() =>
        Environment.GetEnvironmentVariable(Variable) is { } text ? Parse(text) : null;

    /// <summary>An environment with this assignment instead of any other.</summary>
    public IReadOnlyList<string> AddTo(IEnumerable<string> environment) => [.. Remove(environment), $"{Variable}={this}"];

    /// <summary>An environment without an assignment.</summary>
    public static IEnumerable<string> Remove(IEnumerable<string> environment) =>
        environment.Where(entry => !entry.StartsWith(Variable + "=", StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Role}{(IsRestart ? RestartMark : "")}:{Parent}:{Snapshot}:{Channel}:{string.Join(',', PidFiles)}:{BfdEvents}:{Limits}");

    internal static RoleAssignment Parse(string text)
    {
        var fields = text.Split(':');
        var isRestart = fields[0].EndsWith(RestartMark, StringComparison.Ordinal);
        fields[0] = isRestart ? fields[0][..^RestartMark.Length] : fields[0];
        if (fields.Length == 7 && Enum.TryParse<DaemonRole>(fields[0], out var role) && Enum.IsDefined(role)
            && TryNumber(fields[1], out var parent) && TryNumber(fields[2], out var snapshot) && TryNumber(fields[3], out var channel)
            && TryNumber(fields[5], out var events))
        {
            var files = new List<int>();
            foreach (var field in fields[4].Split(','))
            {
                if (!TryNumber(field, out var file))
                    break;
                files.Add(file);
            }

            if (files.Count == (role == DaemonRole.Supervisor ? 1 + DaemonRoleExtensions.Children.Count : 1))
            {
                return new RoleAssignment(
                    role, parent, snapshot, channel, files, events, fields[6].Length == 0 ? null : ScriptLimits.Parse(fields[6]))
                {
                    IsRestart = isRestart,
                };
            }
        }

        throw new FormatException($"{Variable} is set to '{text}'; it is the daemon's own and must not be set from outside.");
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
