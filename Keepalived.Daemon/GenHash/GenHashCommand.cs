using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keepalived.Checkers;
using Keepalived.Checkers.Http;
using Keepalived.Daemon.Logging;

namespace Keepalived.Daemon.GenHash;

/// <summary>
/// <c>genhash</c>: prints the MD5 of a page, as the <c>digest</c> of HTTP_GET and SSL_GET wants it. It is this program, called by that
/// name or with <c>-T</c> as its first option.
/// </summary>
internal static class GenHashCommand
{
    /// <summary>The name to be called by.</summary>
    public const string Name = "genhash";

    // What -v shows of an answer; the hash is of all of it.
    private const int ShownLength = 16 * 1024 * 1024;

    private static readonly (string Ours, string Original)[] Words =
    [
        ("timeout connecting", "Timeout connecting"),
        ("timeout in the TLS", "SSL handshake/communication error connecting to"),
        ("TLS handshake", "SSL handshake/communication error connecting to"),
        ("timeout", "Timeout HTTP read"),
        ("error", "Read error with"),
    ];

    /// <summary>Whether this process is to be genhash.</summary>
    /// <param name="arguments">The command line, without the program.</param>
    /// <param name="words">What of it is for genhash.</param>
    public static bool IsCalled(string[] arguments, out string[] words)
    {
        var byOption = arguments is ["-T" or "--genhash", ..];
        words = byOption ? arguments[1..] : arguments;
        return byOption || Path.GetFileName(Environment.GetCommandLineArgs()[0]) == Name;
    }

    /// <summary>Does it. Returns the exit status: that of the original, which is 0 also where the server did not answer.</summary>
    public static int Run(IReadOnlyList<string> words)
    {
        if (GenHashOptions.Parse(words, out var errors) is not { } options)
        {
            StandardStreams.WriteError(errors);
            return 1;
        }

        using var parser = new HttpResponseParser(digest: true, window: options.Verbose ? ShownLength : 0);
        var started = Stopwatch.GetTimestamp();
        HttpChecker checker;
        try
        {
            checker = new HttpChecker(options.ToChecker());
        }
        catch (ArgumentException e)
        {
            StandardStreams.WriteErrorLine(e.Message);
            return 1;
        }

        var result = checker.FetchAsync(0, parser).AsTask().GetAwaiter().GetResult();
        if (!result.IsSuccess)
            StandardStreams.WriteOutput(Reason(result) + "\n");
        else if (!parser.HasHeaders)
            StandardStreams.WriteErrorLine("no data received from remote webserver");
        else
            StandardStreams.WriteOutput(options.Verbose ? Describe(parser) : parser.GetDigest() + "\n");
        if (options.Verbose)
        {
            var microseconds = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            StandardStreams.WriteOutput(
                string.Create(CultureInfo.InvariantCulture, $"\nGlobal response time for [{options.Url}] = {microseconds} usecs\n"));
        }

        return 0;
    }

    /// <summary>The answer and its hash, as <c>-v</c> shows them.</summary>
    internal static string Describe(HttpResponseParser parser)
    {
        var digest = parser.GetDigest();
        var head = parser.Window[..parser.HeaderLength];
        var text = new StringBuilder();
        Title(text, "    HTTP Header Buffer    ");
        HexDump.Append(text, head);
        Title(text, " HTTP Header Ascii Buffer ");
        text.Append(Encoding.Latin1.GetString(head)).Append('\n');
        Title(text, "        HTML Buffer        ");
        HexDump.Append(text, parser.Window[parser.HeaderLength..]);
        text.Append('\n');
        Title(text, "    HTML hash resulting    ");
        HexDump.Append(text, Convert.FromHexString(digest));
        Title(text, " HTML hash final resulting ");
        return text.Append(digest).Append('\n').ToString();
    }

    private static void Title(StringBuilder text, string title) =>
        text.Append('-', 23).Append('[').Append(title).Append(']').Append('-', 23).Append('\n');

    // The original's words for the common ones, which scripts may look for; ours, which say more, go to standard error.
    private static string Reason(CheckResult result)
    {
        StandardStreams.WriteErrorLine(result.Reason);
        return Words.FirstOrDefault(pair => result.Reason.StartsWith(pair.Ours, StringComparison.Ordinal)).Original ?? "Connection failed";
    }
}
