using System.Globalization;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// The road to a script that runs as somebody else: our own program, started once more, gives up its privileges and becomes the script.
/// posix_spawn(3) cannot change users, and a .NET process cannot fork.
/// </summary>
internal static unsafe class ScriptTrampoline
{
    /// <summary>The first argument that makes the program a trampoline.</summary>
    public const string Marker = "--become-script";

    /// <summary>The status when the script cannot be executed, as a shell has it.</summary>
    public const int CannotExecute = 126;

    /// <summary>The status when the privileges cannot be given up: the script does not run.</summary>
    public const int CannotChangeUser = 125;

    private const int FixedArguments = 7;

    /// <summary>The arguments (without argument 0) for a trampoline.</summary>
    /// <param name="parent">Who starts it: the script gets SIGTERM when that process ends.</param>
    /// <param name="user">User id.</param>
    /// <param name="group">Group id.</param>
    /// <param name="supplementaryUser">The user whose supplementary groups to set, or null for none.</param>
    /// <param name="limits">Limits to restore, or null.</param>
    /// <param name="path">The file to execute.</param>
    /// <param name="arguments">Its arguments, including argument 0.</param>
    public static IReadOnlyList<string> Arguments(
        int parent, uint user, uint group, string? supplementaryUser, ScriptLimits? limits, string path, IReadOnlyList<string> arguments) =>
    [
        Marker,
        parent.ToString(CultureInfo.InvariantCulture),
        user.ToString(CultureInfo.InvariantCulture),
        group.ToString(CultureInfo.InvariantCulture),
        supplementaryUser ?? "",
        limits?.ToString() ?? "",
        path,
        .. arguments,
    ];

    /// <summary>Becomes the script. Returns only if that fails.</summary>
    public static int Run(IReadOnlyList<string> words)
    {
        if (words.Count <= FixedArguments
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || !uint.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            || !uint.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group))
        {
            StandardStreams.WriteErrorLine($"{Marker} is the daemon's own and must not be used from outside");
            return Processes.ExitCode.Fatal;
        }

        // Read now: after a change of user the kernel hides our environment from us.
        using var argv = new StringBlock([.. words.Skip(FixedArguments)]);
        using var envp = new StringBlock(Processes.SelfImage.EnvironmentBlock);
        if (words[5].Length > 0)
            ScriptLimits.Parse(words[5]).Apply();
        if (!TryBecome(user, group, words[4]))
            return CannotChangeUser;

        // After the change of user: that resets it. The parent may be gone already, and nobody would ever tell.
        _ = Libc.SetParentDeathSignal(SignalNames.Terminate);
        if (Libc.GetParentPid() != parent)
            return CannotExecute;

        _ = Libc.Execute(words[6], argv.Pointer, envp.Pointer);
        return CannotExecute;
    }

    private static bool TryBecome(uint user, uint group, string supplementaryUser)
    {
        if (Libc.GetEffectiveUser() == user && Libc.GetEffectiveGroup() == group && Libc.GetEffectiveUser() != 0)
            return true; // not privileged, nothing to give up
        const int most = 1024;
        var groups = stackalloc uint[most];
        var count = 0;
        if (supplementaryUser.Length > 0)
        {
            count = most;
            if (Libc.GetGroupList(supplementaryUser, group, groups, &count) < 0)
                count = most; // as many as fit
        }

        return Libc.SetGroups((nuint)count, groups) == 0 && Libc.SetGroup(group) == 0 && Libc.SetUser(user) == 0;
    }
}
