namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>The part of stat(2) that decides whether a script may run.</summary>
/// <param name="Mode">File type and permission bits (st_mode).</param>
/// <param name="UserId">The owner.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Device">The device of the inode.</param>
/// <param name="Inode">The inode's number.</param>
public readonly record struct ScriptFileStatus(uint Mode, uint UserId, uint GroupId, ulong Device = 0, ulong Inode = 0);
