namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>The part of stat(2) that decides whether a script may run.</summary>
/// <param name="Mode">File type and permission bits (st_mode).</param>
/// <param name="UserId">The owner.</param>
/// <param name="GroupId">The group.</param>
public readonly record struct ScriptFileStatus(uint Mode, uint UserId, uint GroupId)
{
    private const uint TypeMask = 0xf000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsRegularFile => (Mode & TypeMask) == 0x8000;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsSymbolicLink => (Mode & TypeMask) == 0xa000;
}
