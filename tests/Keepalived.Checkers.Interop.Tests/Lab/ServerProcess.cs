using System.Diagnostics;
using System.Globalization;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>A server of the distribution in the foreground, with a folder of its own, here or in a network namespace; killed when disposed.</summary>
internal abstract class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<string> _output = [];
    private readonly string? _network;
    private Process? _process;

    /// <param name="network">The network namespace; null for that of the tests.</param>
    protected ServerProcess(string? network)
    {
        _network = network;
        Folder = Directory.CreateTempSubdirectory("kdc-").FullName;
        // Programs that give up root must get in.
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Its files.</summary>
    public string Folder { get; }

    /// <summary>What it said.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>The address that it serves: in a namespace of its own it has all of them.</summary>
    protected string ListenAddress => _network is null ? "127.0.0.1" : "0.0.0.0";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts it and waits until it listens.</summary>
    protected void Start(string[] command, int[] ports, string protocol = "tcp")
    {
        var program = Tools.Require(command[0]);
        string[] words = _network is null ? [program, .. command[1..]] : ["ip", "netns", "exec", _network, program, .. command[1..]];
        _process = Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        while (!ports.All(port => Listens(protocol, port)))
        {
            if (_process.HasExited || watch.Elapsed > Patience)
                Assert.Fail($"{program} does not listen at {string.Join(", ", ports)}:\n{Output}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Puts a file into the folder.</summary>
    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    // Its own view of the network, which is that of its namespace.
    private bool Listens(string protocol, int port)
    {
        var state = protocol == "tcp" ? "0A" : "07"; // TCP_LISTEN, TCP_CLOSE: include/net/tcp_states.h
        var end = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        try
        {
            return File.ReadLines($"/proc/{_process!.Id}/net/{protocol}")
                .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Any(fields => fields.Length > 3 && fields[1].EndsWith(end, StringComparison.Ordinal) && fields[3] == state);
        }
        catch (IOException)
        {
            return false; // It has ended.
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_output)
            _output.Add(line.Data);
    }
}
