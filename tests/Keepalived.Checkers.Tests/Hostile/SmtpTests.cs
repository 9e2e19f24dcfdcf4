using System.Net.Sockets;
using System.Text;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Smtp;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Hostile;

/// <summary>Mail servers that talk too much, too slowly, or nonsense.</summary>
public sealed class SmtpTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestCase("220-and more\r\n", "bad greeting: not a reply")]
    [TestCase("without an end ", "bad greeting: not a reply")]
    [TestCase("\0", "bad greeting: not a reply")]
    [TestCase("\n", "bad greeting: not a reply")]
    public async Task Floods_EndAndTakeNoMemory(string piece, string reason)
    {
        var flood = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, 5000)));
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
                await socket.SendAsync(flood, ct);
        });
        var before = GC.GetTotalAllocatedBytes();
        Assert.That(await Check(server), Is.EqualTo(reason));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(8_000_000));
    }

    [TestCase("", "timeout waiting for the greeting")]
    [TestCase("220 hello\r\n", "timeout at HELO")]
    [TestCase("220 hello\r\n250 you\r\n", "timeout at QUIT")]
    public async Task SlowLines_TimeOutAtEveryStage(string start, string reason)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(start), ct);
            while (true)
            {
                await socket.SendAsync("2"u8.ToArray(), ct);
                await Task.Delay(20, ct);
            }
        });
        Assert.That(await Check(server), Is.EqualTo(reason));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task Resets_AreFailuresAtEveryStage(int replies)
    {
        string[] lines = ["220 hello\r\n", "250 you\r\n"];
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            foreach (var line in lines[..replies])
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(line), ct);
                await socket.ReceiveAsync(new byte[100], ct);
            }

            socket.LingerState = new LingerOption(true, 0);
        });
        Assert.That(await Check(server), Does.Contain("reset by peer").Or.StartWith("no "));
    }

    private static async Task<string> Check(LoopbackServer server) => (await new SmtpChecker(new SmtpCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = server.Address, Timeout = Step },
    }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience)).Reason;
}
