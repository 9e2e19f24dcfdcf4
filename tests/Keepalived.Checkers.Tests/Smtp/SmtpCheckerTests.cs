using System.Net.Sockets;
using System.Text;
using CsCheck;
using Keepalived.Checkers.Smtp;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Smtp;

public sealed class SmtpCheckerTests
{
    [TestCase("220 hello\r\n", 220)]
    [TestCase("220 \n", 220)]
    [TestCase("250\n", 250)]
    [TestCase("220\r\n", -1, Description = "keepalived wants a blank, or the bare line feed")]
    [TestCase("220-hello\r\n", -1)]
    [TestCase("22 hello\n", -1)]
    [TestCase("\n", -1)]
    [TestCase("x20 a\n", -1)]
    [TestCase("22\n", -1)]
    public void TryRead_ALine_GivesItsCode(string line, int expected)
    {
        var reader = new SmtpReplyReader();
        Feed(reader, line);
        Assert.That(reader.TryRead(out var code));
        Assert.That(code, Is.EqualTo(expected));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public void TryRead_ALineThatIsTooLong_LosesItsStart()
    {
        var reader = new SmtpReplyReader();
        Feed(reader, new string('x', SmtpReplyReader.MaxLineLength));
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.Free.IsEmpty, Is.False);
        Feed(reader, "220 the rest\n");
        Assert.That(reader.TryRead(out var code));
        Assert.That(code, Is.EqualTo(220));
    }

    [Test]
    public void TryRead_AnyCutOfAnyLines_MakesNoDifference() => Gen.Select(
        Gen.OneOf(
            Gen.Const("220 a\r\n"), Gen.Const("250\n"), Gen.Const("\n"),
            Gen.Char[' ', 'z'].Array[0, 40].Select(c => new string(c) + "\n")).Array[0, 10],
        Gen.Int[1, 50]).Sample((lines, size) =>
    {
        var text = string.Concat(lines);
        Assert.That(Codes(size), Is.EqualTo(Codes(1)));

        List<int> Codes(int chunk)
        {
            var codes = new List<int>();
            var reader = new SmtpReplyReader();
            for (var at = 0; at < text.Length; at += chunk)
            {
                Feed(reader, text.Substring(at, Math.Min(chunk, text.Length - at)));
                while (reader.TryRead(out var code))
                    codes.Add(code);
            }

            return codes;
        }
    });

    [Test]
    public async Task Check_AGoodServer_HoldsTheDialogue()
    {
        var heard = new List<string>();
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Say(socket, "220 mx ESMTP\r\n", ct);
            heard.Add(await Hear(socket, ct));
            await Say(socket, "250 hi\r\n", ct);
            heard.Add(await Hear(socket, ct));
            await Say(socket, "221 bye\r\n", ct);
        });
        Assert.That(await Check(server), Is.EqualTo(CheckResult.Success));
        Assert.That(heard, Is.EqualTo(new[] { "HELO smtpchecker.keepalived.org\r\n", "QUIT\r\n" }));
    }

    [TestCase("554 go away\r\n", "bad greeting: 554")]
    [TestCase("HTTP/1.1 400 Bad\r\n", "bad greeting: not a reply")]
    [TestCase("", "no greeting: the server ended the connection")]
    [TestCase("220 mx\r\n500 what\r\n", "bad answer to HELO: 500")]
    [TestCase("220 mx\r\n250-mx\r\n250 x\r\n", "bad answer to HELO: not a reply")]
    [TestCase("220 mx\r\n250 ok\r\n", "no answer to QUIT: the server ended the connection")]
    public async Task Check_ABadServer_SaysAtWhichStep(string talk, string reason)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Say(socket, talk, ct);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(new byte[100], ct) > 0)
            {
                // Read until the checker goes, so that no reset hides the end.
            }
        });
        Assert.That(await Check(server), Is.EqualTo(CheckResult.Failure(reason)));
    }

    [TestCase("", "timeout waiting for the greeting")]
    [TestCase("220 mx\r\n", "timeout at HELO")]
    [TestCase("220 mx\r\n250 ok\r\n", "timeout at QUIT")]
    public async Task Check_AServerThatFallsSilent_TimesOut(string talk, string reason)
    {
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            await Say(socket, talk, ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        Assert.That(await Check(server), Is.EqualTo(CheckResult.Failure(reason)));
    }

    [Test]
    public async Task Check_AServerThatNeverEndsALine_Ends()
    {
        var junk = new byte[4096];
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            while (true)
                await socket.SendAsync(junk, ct);
        });
        Assert.That((await Check(server)).Outcome, Is.EqualTo(CheckOutcome.Failure));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a\r\nMAIL")]
    public void HeloName_ThatWouldBreakTheDialogue_IsRefused(string name) =>
        Assert.That(
            () => new SmtpChecker(new() { Connection = new() { Destination = LoopbackServer.Nobody }, HeloName = name }),
            Throws.ArgumentException);

    private static void Feed(SmtpReplyReader reader, string text)
    {
        Encoding.Latin1.GetBytes(text).CopyTo(reader.Free);
        reader.Advance(text.Length);
    }

    private static async Task Say(Socket socket, string text, CancellationToken ct) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), ct);

    private static async Task<string> Hear(Socket socket, CancellationToken ct)
    {
        var buffer = new byte[1000];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, ct));
    }

    private static async Task<CheckResult> Check(LoopbackServer server) => await new SmtpChecker(new SmtpCheckerOptions
    {
        Connection = new() { Destination = server.Address, Timeout = TimeSpan.FromSeconds(1) },
    }).CheckAsync(CancellationToken.None);
}
