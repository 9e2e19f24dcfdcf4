using System.Diagnostics;
using Keepalived.Bfd.Tests.Transport;

namespace Keepalived.Bfd.Interop.Tests.Lab;

/// <summary>
/// Another implementation of BFD at station b of a link, in a folder of its own. What it started is ended when it is disposed, by
/// process id.
/// </summary>
internal abstract class Peer : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly List<string> _output = [];

    protected Peer(TestLink link)
    {
        Link = link;
        Folder = Directory.CreateTempSubdirectory("kdb-").FullName;
    }

    protected TestLink Link { get; }

    protected string Folder { get; }

    /// <summary>Stops it as a power failure would: nobody is told.</summary>
    public void Kill()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _processes.Clear();
    }

    public void Dispose()
    {
        Kill();
        if (TestContext.CurrentContext.Result.FailCount > 0)
            TestContext.Out.WriteLine(string.Join('\n', _output.TakeLast(40)));
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A program that the tests need; without it they are inconclusive.</summary>
    protected static string Require(params string[] places) =>
        places.FirstOrDefault(File.Exists) ?? Inconclusive($"{places[0]} is not installed");

    /// <summary>Starts a program at the station; it must stay in the foreground.</summary>
    protected void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", Link.Name('b'), program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    /// <summary>Runs a short command and returns what it printed.</summary>
    protected static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill();
            Assert.Fail($"{program} does not end");
        }

        return output.Result + error.Result;
    }

    private static string Inconclusive(string reason)
    {
        Assert.Inconclusive(reason);
        return reason;
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.Add(line.Data ?? string.Empty);
    }
}
