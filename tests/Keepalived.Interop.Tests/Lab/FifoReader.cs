namespace Keepalived.Interop.Tests.Lab;

/// <summary>Reads a router's notify FIFO from when it is there until the router has closed it.</summary>
internal sealed class FifoReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly List<string> _lines = [];
    private readonly Thread _thread;

    /// <param name="path">The FIFO.</param>
    /// <param name="isOwn">Makes it before the router is there, and stays when the router closes it, as the real one does at a reload.</param>
    public FifoReader(string path, bool isOwn = false)
    {
        if (isOwn)
            Command.Run("mkfifo", ["-m", "600", path]);
        Lab.Expect.Within(Patience, () => File.Exists(path), $"{path} is made");
        _thread = new Thread(() => Read(path, isOwn ? FileAccess.ReadWrite : FileAccess.Read)) { IsBackground = true, Name = "fifo" };
        _thread.Start();
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Waits until each of these lines was read, in whatever order.</summary>
    public void Expect(params string[] lines)
    {
        foreach (var line in lines)
            Lab.Expect.Within(Patience, () => Lines.Contains(line), $"the FIFO has '{line}', not only\n{string.Join('\n', Lines)}\n");
    }

    /// <summary>All lines, after the router has ended.</summary>
    public string[] ReadToEnd()
    {
        if (!_thread.Join(Patience))
            Assert.Fail("the FIFO is still open");
        return [.. Lines];
    }

    private void Read(string path, FileAccess access)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 1));
        while (reader.ReadLine() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
        }
    }
}
