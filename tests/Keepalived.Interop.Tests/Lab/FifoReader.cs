namespace Keepalived.Interop.Tests.Lab;

/// <summary>Reads a router's notify FIFO from when it is there until the router has closed it.</summary>
internal sealed class FifoReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly List<string> _lines = [];
    private readonly Thread _thread;

    public FifoReader(string path)
    {
        Lab.Expect.Within(Patience, () => File.Exists(path), $"{path} is made");
        _thread = new Thread(() => Read(path)) { IsBackground = true, Name = "fifo" };
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

    private void Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));
        while (reader.ReadLine() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
        }
    }
}
