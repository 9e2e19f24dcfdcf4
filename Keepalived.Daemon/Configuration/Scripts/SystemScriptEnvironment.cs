using System.Globalization;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>The users, groups and files of this machine.</summary>
public sealed class SystemScriptEnvironment : IScriptEnvironment
{
    private const int BufferSize = 16 * 1024;

    /// <inheritdoc/>
    public uint EffectiveUserId => Libc.GetEffectiveUser();

    /// <inheritdoc/>
    public uint EffectiveGroupId => Libc.GetEffectiveGroup();

    /// <inheritdoc/>
    public string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    /// <inheritdoc/>
    public unsafe bool TryFindUser(string name, out uint userId, out uint groupId)
    {
        (userId, groupId) = (0, 0);
        Libc.UserEntry entry;
        Libc.UserEntry* found;
        var buffer = new byte[BufferSize];
        fixed (byte* space = buffer)
        {
            var isNumber = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var error = Libc.GetUser(name, &entry, space, BufferSize, &found);
            if ((error != 0 || found is null) && isNumber)
                error = Libc.GetUser(number, &entry, space, BufferSize, &found);
            if (error != 0 || found is null)
                return false;
            (userId, groupId) = (found->UserId, found->GroupId);
            return true;
        }
    }

    /// <inheritdoc/>
    public unsafe bool TryFindGroup(string name, out uint groupId)
    {
        Libc.GroupEntry entry;
        Libc.GroupEntry* found;
        var buffer = new byte[BufferSize];
        fixed (byte* space = buffer)
        {
            var error = Libc.GetGroup(name, &entry, space, BufferSize, &found);
            if (error != 0 || found is null)
                return uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out groupId);
            groupId = found->GroupId;
            return true;
        }
    }

    /// <inheritdoc/>
    public ScriptFileStatus? GetStatus(string path) =>
        Libc.Stat(path, follow: false, out var status) == 0 ? new ScriptFileStatus(status.TypeAndMode, status.User, status.Group) : null;

    /// <inheritdoc/>
    public string? Resolve(string path)
    {
        var resolved = string.Empty;
        var pending = new Stack<string>(Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part == ".." || part == ".")
            {
                resolved = part == ".." && resolved.LastIndexOf('/') is >= 0 and var slash ? resolved[..slash] : resolved;
                continue;
            }

            var next = $"{resolved}/{part}";
            if (GetStatus(next) is not { } status)
                return null;
            if (!status.IsSymbolicLink)
            {
                resolved = next;
                continue;
            }

            if (++links > 40 || new FileInfo(next).LinkTarget is not { } target)
                return null;
            if (target.StartsWith('/'))
                resolved = string.Empty;
            foreach (var piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                pending.Push(piece);
        }

        return resolved.Length == 0 ? "/" : resolved;
    }
}
