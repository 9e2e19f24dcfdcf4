using System.Text;
using BenchmarkDotNet.Attributes;
using Keepalived.Checkers.Http;

namespace Keepalived.Benchmarks.Checkers;

/// <summary>What an answer of a usual size costs, apart from the sockets.</summary>
[MemoryDiagnoser]
public class HttpResponseBenchmarks
{
    private readonly HttpUrl _url = new() { Path = "/", Regex = new HttpBodyRegex("hea[l]thy") };
    private byte[] _answer = [];

    [GlobalSetup]
    public void Setup()
    {
        var headers = string.Concat(Enumerable.Range(0, 12).Select(i => $"X-Header-{i}: some value of a usual length\r\n"));
        var body = string.Concat(Enumerable.Repeat("<p>all is well, and nothing to see here</p>\n", 100));
        _answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length + 7}\r\n{headers}\r\n{body}healthy");
    }

    [Benchmark]
    public bool Status() => Judge(new HttpResponseParser(), new HttpUrl { Path = "/" });

    [Benchmark]
    public string Digest()
    {
        using var parser = new HttpResponseParser(digest: true);
        parser.Append(_answer);
        return parser.GetDigest();
    }

    [Benchmark]
    public bool Regex() => Judge(new HttpResponseParser(window: _url.RegexWindow), _url);

    private bool Judge(HttpResponseParser parser, HttpUrl url)
    {
        using (parser)
        {
            parser.Append(_answer);
            return parser.Judge(url).IsSuccess;
        }
    }
}
