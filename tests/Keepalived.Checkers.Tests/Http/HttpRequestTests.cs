using System.Net;
using System.Text;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;

namespace Keepalived.Checkers.Tests.Http;

public sealed class HttpRequestTests
{
    [TestCase(HttpProtocol.Http10, "GET /a HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: h\r\n\r\n")]
    [TestCase(HttpProtocol.Http10Close, "GET /a HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: h\r\n\r\n")]
    [TestCase(HttpProtocol.Http11, "GET /a HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: h\r\n\r\n")]
    public void Build_APath_GivesTheBytesOfKeepalived(HttpProtocol protocol, string expected) =>
        Assert.That(Encoding.ASCII.GetString(HttpRequest.Build(protocol, "/a", "h")), Is.EqualTo(expected));

    [TestCase("192.0.2.1:80", "192.0.2.1:80")]
    [TestCase("[2001:db8::1]:8080", "[2001:db8::1]:8080")]
    [TestCase("[fe80::1%2]:80", "[fe80::1]:80")]
    public void FormatHost_AnAddress_HasAlwaysAPort(string destination, string expected) =>
        Assert.That(HttpRequest.FormatHost(IPEndPoint.Parse(destination)), Is.EqualTo(expected));

    [TestCase("/a b", "h")]
    [TestCase("/a\r\nX: y", "h")]
    [TestCase("/", "h\r\nX: y")]
    [TestCase("/ä", "h")]
    public void Build_WhatWouldBreakTheRequest_IsRefused(string path, string host) =>
        Assert.That(() => HttpRequest.Build(HttpProtocol.Http10, path, host), Throws.ArgumentException);

    [Test]
    public void Build_LongerThanARequestMayBe_IsRefused()
    {
        var rest = HttpRequest.Build(HttpProtocol.Http10, "/", "h").Length - 1;
        var longest = new string('/', HttpRequest.MaxLength - rest);
        Assert.That(HttpRequest.Build(HttpProtocol.Http10, longest, "h"), Has.Length.EqualTo(2047));
        Assert.That(() => HttpRequest.Build(HttpProtocol.Http10, longest + "/", "h"), Throws.ArgumentException);
    }

    [Test]
    public void StatusSet_OfRanges_ContainsThem()
    {
        var set = new HttpStatusSet((200, 204), (301, 301));
        Assert.That(new[] { 199, 200, 204, 205, 301, 302, 0, 999, -5 }.Where(set.Contains), Is.EqualTo(new[] { 200, 204, 301 }));
        Assert.That(() => new HttpStatusSet(), Throws.ArgumentException);
        Assert.That(() => new HttpStatusSet((99, 200)), Throws.ArgumentException);
        Assert.That(() => new HttpStatusSet((300, 299)), Throws.ArgumentException);
        Assert.That(() => new HttpStatusSet((300, 600)), Throws.ArgumentException);
    }

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        var good = new HttpCheckerOptions
        {
            Connection = new ConnectionOptions { Destination = new IPEndPoint(IPAddress.Loopback, 1) },
            Urls = [new HttpUrl { Path = "/" }],
        };
        Assert.That(() => new HttpChecker(good), Throws.Nothing);
        Refused(good with { Urls = [] });
        Refused(good with { Urls = [new HttpUrl { Path = "/" }, new HttpUrl { Path = "/b" }] });
        Refused(good with { Urls = [new HttpUrl { Path = "/", Digest = "abc" }] });
        Refused(good with { Urls = [new HttpUrl { Path = "/", RegexWindow = 0 }] });
        Refused(good with { ResponseLimit = TimeSpan.Zero });
        Refused(good with { Connection = good.Connection with { Timeout = TimeSpan.Zero } });
        Refused(good with { Connection = good.Connection with { BindAddress = IPAddress.IPv6Loopback } });
        Refused(good with { Connection = good.Connection with { BindPort = 5 } });
        Refused(good with { Connection = good.Connection with { BindInterface = "a-name-of-16-byt" } });
        Refused(good with { Connection = good.Connection with { Destination = IPEndPoint.Parse("[fe80::1]:80") } });

        static void Refused(HttpCheckerOptions options) =>
            Assert.That(() => new HttpChecker(options), Throws.InstanceOf<ArgumentException>());
    }
}
