using System.Diagnostics;
using System.Globalization;
using Keepalived.Checkers.Interop.Tests.Lab;

namespace Keepalived.Checkers.Interop.Tests;

/// <summary><c>genhash</c>, ours and the original's, with the same words and the same nginx: byte for byte the same on standard output.</summary>
public sealed class GenHashTests
{
    private Nginx _nginx = null!;

    [OneTimeSetUp]
    public void Start() => _nginx = new Nginx();

    [OneTimeTearDown]
    public void Stop() => _nginx?.Dispose();

    [TestCase("-s 127.0.0.1 -p <http> -u /page", Nginx.PageDigest)]
    [TestCase("--server 127.0.0.1 --port <http> --url /page", Nginx.PageDigest)]
    [TestCase("--server=127.0.0.1 --port=<http> --url=/page --protocol=1.1", Nginx.PageDigest)]
    [TestCase("-s 127.0.0.1 -p <http> -u /big", "")]
    [TestCase("-s 127.0.0.1 -p <http> -u /chunked -P 1.0", Nginx.PageDigest)]
    [TestCase("-s 127.0.0.1 -p <http> -u /chunked -P 1.1", "")]
    [TestCase("-s 127.0.0.1 -p <http> -u /request -P 1.0c", "")]
    [TestCase("-s 127.0.0.1 -p <http> -u /missing", "")]
    [TestCase("-s 127.0.0.1 -p <http> -u /request -V web.test", "")]
    [TestCase("-s 127.0.0.1 -p <http> -u /page -t 5 -m 3", Nginx.PageDigest)]
    [TestCase("-S -s 127.0.0.1 -p <tls13> -u /page", Nginx.PageDigest)]
    [TestCase("-S -s 127.0.0.1 -p <tls12> -u /page", Nginx.PageDigest)]
    [TestCase("-S -I -V good.test -s 127.0.0.1 -p <tls> -u /", "")]
    [TestCase("-s 127.0.0.1 -p <closed> -u /page", "")]
    public void Output_IsTheOriginals(string words, string digest)
    {
        var original = Tools.Require("keepalived");
        string[] arguments = [.. Fill(words).Split(' ')];
        var ours = Run(Balancer.Ours, arguments);
        Assert.That(ours, Is.EqualTo(Run(original, arguments)));
        Assert.That(ours.Output, Does.Contain(digest).And.Not.Empty);
    }

    private string Fill(string words) => new Dictionary<string, int>
    {
        ["<http>"] = _nginx.Http,
        ["<tls>"] = _nginx.Tls,
        ["<tls12>"] = _nginx.Tls12,
        ["<tls13>"] = _nginx.Tls13,
        ["<expired>"] = _nginx.Expired,
        ["<closed>"] = Tools.FreePort(),
    }.Aggregate(words, static (text, pair) => text.Replace(pair.Key, pair.Value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static (int Status, string Output) Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--genhash", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            process.Kill();
            Assert.Fail($"{program} does not end: {error.Result}");
        }

        return (process.ExitCode, output.Result);
    }
}
