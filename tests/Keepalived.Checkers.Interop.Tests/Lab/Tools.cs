using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>What the tests need of the machine.</summary>
internal static class Tools
{
    // Below the ports that the kernel gives to clients, which could take one between our look and the server's bind.
    private const int FirstPort = 10_000;
    private const int LastPort = 32_000;

    /// <summary>Where a program is; inconclusive without it.</summary>
    public static string Require(string name)
    {
        if (Find(name) is not { } path)
        {
            Assert.Inconclusive($"{name} is not installed");
            throw new InvalidOperationException();
        }

        return path;
    }

    /// <summary>Where a program is; null without it.</summary>
    public static string? Find(string name) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin:/usr/bin:/bin".Split(':')
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Inconclusive without root.</summary>
    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Inconclusive("network namespaces need root");
    }

    /// <summary>A port of the loopback address that nobody has, for TCP and UDP.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            try
            {
                using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                stream.Bind(new IPEndPoint(IPAddress.Any, port));
                datagrams.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // The next one.
            }
        }
    }

    /// <summary>Runs a short command; a failure fails the test.</summary>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
            process.Kill();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {error}{output.Result}");
    }

    /// <summary>Waits for a fact; fails with the words if it does not come.</summary>
    public static void Eventually(TimeSpan within, Func<bool> fact, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        while (!fact())
        {
            if (watch.Elapsed > within)
                Assert.Fail($"not within {within.TotalSeconds} s: {what()}");
            Thread.Sleep(50);
        }
    }
}
