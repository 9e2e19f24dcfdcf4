using System.Globalization;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Trackers;

/// <summary>Processes as /proc shows them.</summary>
internal sealed class ProcFileSystem : IProcessReader
{
    private const string Root = "/proc";

    /// <summary>Enough for any command line that a configuration could spell out.</summary>
    private const int MaxCommandLine = 32 * 1024;

    private readonly byte[] _name = new byte[64];
    private readonly byte[] _commandLine = new byte[MaxCommandLine];
    private readonly byte[] _status = new byte[512];

    public IEnumerable<int> List()
    {
        foreach (var path in Directory.EnumerateDirectories(Root))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                yield return id;
        }
    }

    public bool TryRead(int processId, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> commandLine)
    {
        commandLine = default;
        if (!TryRead(processId, "comm", _name, out name) || !TryRead(processId, "stat", _status, out var status) || IsZombie(status))
            return false;
        name = name.TrimEnd((byte)'\n');
        return TryRead(processId, "cmdline", _commandLine, out commandLine);
    }

    /// <summary>The state is the letter after the name, which is in parentheses and may contain some.</summary>
    private static bool IsZombie(ReadOnlySpan<byte> status)
    {
        var end = status.LastIndexOf((byte)')');
        return end >= 0 && status.Length > end + 2 && status[end + 2] is (byte)'Z' or (byte)'X';
    }

    private static bool TryRead(int processId, string file, byte[] buffer, out ReadOnlySpan<byte> content)
    {
        content = default;
        using var handle = Libc.Open(string.Create(CultureInfo.InvariantCulture, $"{Root}/{processId}/{file}"), Libc.OpenReadOnly);
        if (handle.IsInvalid)
            return false;
        var length = 0;
        while (length < buffer.Length)
        {
            var read = Libc.Read(handle, buffer.AsSpan(length));
            if (read < 0)
                return false;
            if (read == 0)
                break;
            length += (int)read;
        }

        content = buffer.AsSpan(0, length);
        return true;
    }
}
