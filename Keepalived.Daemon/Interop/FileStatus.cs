namespace Keepalived.Daemon.Interop;

/// <summary>What statx(2) tells of a file.</summary>
internal readonly struct FileStatus
{
    private const int TypeMask = 0xF000;
    private readonly Libc.StatXBuffer _buffer;

    internal FileStatus(in Libc.StatXBuffer buffer) => _buffer = buffer;

    public uint User => _buffer.User;

    public uint Group => _buffer.Group;

    public uint Links => _buffer.Links;

    public ulong Size => _buffer.Size;

    /// <summary>The type with permissions (st_mode).</summary>
    public uint TypeAndMode => _buffer.Mode;

    /// <summary>Permissions with set-id and sticky bits, without the type.</summary>
    public int Mode => _buffer.Mode & 0xFFF;

    public bool IsDirectory => (_buffer.Mode & TypeMask) == 0x4000;

    public bool IsRegularFile => (_buffer.Mode & TypeMask) == 0x8000;

    public bool IsSymbolicLink => (_buffer.Mode & TypeMask) == 0xA000;

    public bool IsFifo => (_buffer.Mode & TypeMask) == 0x1000;

    public bool IsSameFileAs(in FileStatus other) =>
        _buffer.Inode == other._buffer.Inode && _buffer.DeviceMajor == other._buffer.DeviceMajor
            && _buffer.DeviceMinor == other._buffer.DeviceMinor;
}
