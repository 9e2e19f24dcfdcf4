using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Keepalived.Daemon.GenHash;
using Keepalived.Daemon.Tests.Processes;

namespace Keepalived.Daemon.Tests.GenHash;

/// <summary>genhash: what it prints, beside the original where that is installed.</summary>
public sealed partial class GenHashTests
{
    private const string Original = "/usr/bin/genhash";
    private const string Answer = "HTTP/1.0 200 OK\r\nContent-Length: 55\r\nX: \u0001\r\n\r\nhello world, this is a body of more than sixteen bytes\n";

    [TestCase("", "MD5")]
    [TestCase("-v", "verbose")]
    [TestCase("-P 1.1 -V example.org", "1.1")]
    [TestCase("-P 1.0c", "1.0c")]
    public async Task Output_IsTheOriginals(string options, string what)
    {
        if (!File.Exists(Original))
            Assert.Inconclusive("genhash of Debian's keepalived is not installed");
        var ours = await RunAsync(BuiltDaemon.Program[0], $"-T {options}", Answer);
        var theirs = await RunAsync(Original, options, Answer);
        Assert.That(ours.Output, Is.EqualTo(theirs.Output), what);
        Assert.That(ours.Request.Replace(ours.Port, "PORT", StringComparison.Ordinal),
            Is.EqualTo(theirs.Request.Replace(theirs.Port, "PORT", StringComparison.Ordinal)));
        Assert.That(ours.ExitCode, Is.EqualTo(theirs.ExitCode));
    }

    [Test]
    public async Task Output_BodyShorterThanItsLength_IsHashedAsFarAsItCame()
    {
        var ours = await RunAsync(BuiltDaemon.Program[0], "-T", "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nhello");
        Assert.That(ours.Output, Is.EqualTo(Convert.ToHexStringLower(Md5("hel")) + "\n"));
    }

    [Test]
    public async Task Output_NobodyThere_SaysSoAndEndsWithZero()
    {
        var ours = await StartAsync(BuiltDaemon.Program[0], "-T -s 127.0.0.1 -p 1 -u /");
        Assert.That(ours.Output, Is.EqualTo("Connection failed\n"));
        Assert.That(ours.ExitCode, Is.Zero);
    }

    [TestCase("-s x -p 1 -u /", "server 'x'")]
    [TestCase("-s 127.0.0.1 -p 99999 -u /", "port '99999'")]
    [TestCase("-s 127.0.0.1 -p 1", "are needed")]
    [TestCase("-s 127.0.0.1 -p 1 -u / more", "more")]
    [TestCase("-s 127.0.0.1 -p 1 -u / -P 2", "protocol '2'")]
    [TestCase("--bogus", "--bogus")]
    [TestCase("-h", "Usage")]
    public void Parse_WrongCommandLine_SaysWhatAndHow(string line, string expected)
    {
        var options = GenHashOptions.Parse(line.Split(' '), out var errors);
        Assert.That(options, Is.Null);
        Assert.That(errors, Does.Contain(expected).And.Contain("Usage: genhash"));
    }

#pragma warning disable CA5351 // What is computed is MD5.
    private static byte[] Md5(string text) => System.Security.Cryptography.MD5.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5351

    private static async Task<(string Output, string Request, string Port, int ExitCode)> RunAsync(string program, string options, string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        var serving = ServeAsync(listener, answer);
        var (output, exitCode) = await StartAsync(program, $"{options} -s 127.0.0.1 -p {port} -u /page");
        return (Time().Replace(output, "= N usecs"), await serving.WaitAsync(TimeSpan.FromSeconds(30)), port, exitCode);
    }

    private static async Task<string> ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request.ToString();
    }

    private static async Task<(string Output, int ExitCode)> StartAsync(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        _ = await errors;
        return (await output, process.ExitCode);
    }

    [GeneratedRegex("= \\d+ usecs")]
    private static partial Regex Time();
}
