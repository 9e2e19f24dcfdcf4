using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Keepalived.Checkers.Http;

namespace Keepalived.Checkers.Tests.Http;

public sealed class HttpResponseParserTests
{
    private const string MinimalHead = "HTTP/1.0 200 OK\r\n\r\n";

    [TestCase("HTTP/1.0 200 OK\r\n\r\n", 200)]
    [TestCase("HTTP/1.1 404 Not Found\r\n\r\n", 404)]
    [TestCase("HTTP/1.0 200 \r\n\r\n", 200)]
    [TestCase("HTTP/1.0 200\r\n\r\n", 0, Description = "no blank behind the status")]
    [TestCase("HTTP/1.0 2000 OK\r\n\r\n", 0)]
    [TestCase("HTTP/1.0 20x OK\r\n\r\n", 0)]
    [TestCase("HTTP/1.0  200 OK\r\n\r\n", 0)]
    [TestCase("HTTP/1.0\r\n\r\n", 0)]
    [TestCase("\r\n\r\n", 0)]
    [TestCase("a 2\r\n\r\n", 0)]
    [TestCase("anything 299 goes\r\n\r\n", 299)]
    public void Status_IsThreeDigitsBetweenTheFirstTwoBlanks(string head, int status)
    {
        using var parser = Parse(head);
        Assert.That((parser.HasHeaders, parser.Status), Is.EqualTo((true, status)));
    }

    [TestCase("Content-Length: 12", 12L)]
    [TestCase("Content-Length:7", 7L)]
    [TestCase("Content-Length:\t 0", 0L)]
    [TestCase("content-length: 12", null)]
    [TestCase("Content-Length: x", null)]
    [TestCase("Content-Length: -1", null)]
    [TestCase("Content-Length: 99999999999999999999999999", long.MaxValue)]
    [TestCase("X: y", null)]
    public void ContentLength_InThisSpellingOnly(string header, long? length)
    {
        using var parser = Parse($"HTTP/1.0 200 OK\r\n{header}\r\n\r\n");
        Assert.That(parser.ContentLength, Is.EqualTo(length));
    }

    [TestCase("", "hello", "hello")]
    [TestCase("Content-Length: 3\r\n", "hello", "hel", Description = "cut")]
    [TestCase("Content-Length: 9\r\n", "hello", "hello", Description = "shorter than it says")]
    [TestCase("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", Description = "as received")]
    public void Digest_IsOfTheBodyWithinTheContentLength(string header, string body, string hashed)
    {
        using var parser = Parse($"HTTP/1.0 200 OK\r\n{header}\r\n{body}", digest: true);
#pragma warning disable CA5351 // The digests of keepalived's configuration are MD5.
        var expected = Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(hashed)));
#pragma warning restore CA5351
        Assert.That(parser.GetDigest(), Is.EqualTo(expected));
        Assert.That(parser.Judge(new HttpUrl { Path = "/", Digest = expected.ToUpperInvariant() }).IsSuccess);
        var other = new HttpUrl { Path = "/", Digest = new string('0', 32) };
        Assert.That(parser.Judge(other), Is.EqualTo(CheckResult.Failure($"MD5 digest is {expected}")));
        Assert.That(parser.BodyLength, Is.EqualTo(body.Length));
    }

    [Test]
    public void Judge_WithoutHeaders_SaysWhy()
    {
        var url = new HttpUrl { Path = "/" };
        using var none = Parse("");
        Assert.That(none.Judge(url).Reason, Is.EqualTo("no data received"));
        using var cut = Parse("HTTP/1.0 200 OK\r\n\r");
        Assert.That(cut.Judge(url).Reason, Is.EqualTo("headers do not end"));
        using var huge = Parse(new string('x', HttpResponseParser.MaxHeaderLength) + "\r\n\r\n");
        Assert.That(huge.Judge(url).Reason, Does.Contain("4095"));
        Assert.That(huge.IsHopeless);
    }

    [Test]
    public void Headers_OfTheGreatestLength_AreRead()
    {
        var head = "HTTP/1.0 200 OK\r\nX: ".PadRight(HttpResponseParser.MaxHeaderLength - 4, 'x') + "\r\n\r\n";
        using var parser = Parse(head + "body");
        Assert.That((parser.HasHeaders, parser.IsHopeless, parser.BodyLength), Is.EqualTo((true, false, 4L)));
    }

    [Test]
    public void Judge_InOrder_StatusThenDigestThenRegex()
    {
        var url = new HttpUrl { Path = "/", Digest = new string('0', 32), Regex = new HttpBodyRegex("nothing") };
        using var bad = Parse("HTTP/1.0 500 Oh\r\n\r\n", digest: true, window: 100);
        Assert.That(bad.Judge(url).Reason, Is.EqualTo("HTTP status code 500"));
        using var good = Parse(MinimalHead, digest: true, window: 100);
        Assert.That(good.Judge(url).Reason, Does.StartWith("MD5"));
        Assert.That(good.Judge(url with { Digest = null }).Reason, Does.StartWith("regex"));
    }

    [TestCase("hello", false, 0, null, true)]
    [TestCase("hello$", false, 0, null, false, Description = "there is more")]
    [TestCase("world$", false, 0, null, true)]
    [TestCase("^HTTP/1", false, 0, null, true)]
    [TestCase("^HTTP/1", false, 1, null, false, Description = "the start of the answer, not of the search")]
    [TestCase("o", false, 27, null, false)]
    [TestCase("hello", false, 19, 19, true)]
    [TestCase("hello", false, 20, null, false)]
    [TestCase("hello", false, 0, 18, false)]
    [TestCase("hello", true, 0, null, false)]
    [TestCase("absent", true, 0, null, true)]
    [TestCase("x", true, 999, null, true, Description = "behind the end")]
    [TestCase("(?<=hello )world", false, 0, null, true, Description = "not for the linear engine")]
    public void Regex_OverTheWholeAnswer(string pattern, bool negate, int min, int? max, bool good)
    {
        using var parser = Parse(MinimalHead + "hello world", window: 1000);
        var result = parser.Judge(new HttpUrl { Path = "/", Regex = new HttpBodyRegex(pattern, RegexOptions.None, negate, min, max) });
        Assert.That(result.IsSuccess, Is.EqualTo(good), result.Reason);
    }

    [Test]
    public void Regex_ThatWouldBacktrackForEver_EndsInTime()
    {
        var answer = Encoding.ASCII.GetBytes(new string('a', 5000));
        var linear = new HttpBodyRegex("(a+)+b");
        Assert.That(linear.IsLinear);
        Assert.That(linear.Judge(answer).Reason, Is.EqualTo("regex match failed"));
        var evil = new HttpBodyRegex(@"(a+)+(?!a)b\1");
        Assert.That(evil.IsLinear, Is.False);
        Assert.That(evil.Judge(answer).Reason, Does.StartWith("regex took more than"));
    }

    [Test]
    public void Regex_OfBytes_IsOneCharacterAByte()
    {
        Assert.That(new HttpBodyRegex("^.{3}\xff$").Judge([0, 200, 9, 255]).IsSuccess);
        Assert.That(() => new HttpBodyRegex("("), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => new HttpBodyRegex("x", minOffset: 5, maxOffset: 4), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Window_KeepsTheStartOnly()
    {
        using var parser = Parse(MinimalHead + new string('x', 100_000), window: 64);
        Assert.That(parser.Window.Length, Is.EqualTo(64));
    }

    [Test]
    public void Dispose_Twice_GivesTheMemoryBackOnce()
    {
        var parser = Parse(MinimalHead, digest: true, window: 64);
        parser.Dispose();
        parser.Dispose();
        Assert.That(parser.Window.IsEmpty);
        Assert.That(() => parser.Append("x"u8), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void Append_AnyCutOfAnyBytes_MakesNoDifference()
    {
        string[] known = ["HTTP/1.1 200 OK\r\n", "\r\n", "\r", "\n", "\r\n\r\n", "Content-Length: 5\r\n", "Content-Length: 700\r\n"];
        var piece = Gen.OneOf(
            Gen.Int[0, known.Length - 1].Select(i => known[i]),
            Gen.Char[' ', '~'].Array[0, 30].Select(chars => new string(chars)),
            Gen.Int[0, 4200].Select(n => new string('x', n)));
        Gen.Select(piece.Array[0, 12], Gen.Int[1, 1500].Array[1, 20]).Sample((pieces, cuts) =>
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(pieces));
            using var whole = new HttpResponseParser(digest: true, window: 300);
            whole.Append(bytes);
            using var cut = new HttpResponseParser(digest: true, window: 300);
            for (int at = 0, i = 0; at < bytes.Length; i++)
            {
                var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
                cut.Append(bytes.AsSpan(at, length));
                at += length;
            }

            Assert.That(State(cut), Is.EqualTo(State(whole)));
        });
    }

    [Test]
    public void Append_RandomBytes_NeverThrows() => Gen.Byte.Array[0, 6000].Array[0, 4].Sample(pieces =>
    {
        var url = new HttpUrl { Path = "/", Digest = new string('a', 32), Regex = new HttpBodyRegex("x") };
        using var parser = new HttpResponseParser(digest: true, window: 100);
        foreach (var piece in pieces)
            parser.Append(piece);
        Assert.That(parser.Judge(url).IsSuccess, Is.False);
    }, iter: 300);

    private static (bool, bool, int, long?, long, string, string, string) State(HttpResponseParser parser) => (
        parser.HasHeaders, parser.IsHopeless, parser.Status, parser.ContentLength, parser.BodyLength, parser.GetDigest(),
        parser.IsHopeless ? "" : Encoding.Latin1.GetString(parser.Window), parser.Judge(new HttpUrl { Path = "/" }).Reason);

    private static HttpResponseParser Parse(string text, bool digest = false, int window = 0)
    {
        var parser = new HttpResponseParser(digest, window);
        parser.Append(Encoding.Latin1.GetBytes(text));
        return parser;
    }
}
