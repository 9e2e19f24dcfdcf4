using System.Globalization;
using System.Net;
using System.Text;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Http;
using Keepalived.Daemon.CommandLine;

namespace Keepalived.Daemon.GenHash;

/// <summary>What <c>genhash</c> is to ask for.</summary>
internal sealed record GenHashOptions
{
    private const string Title = "Usage: genhash -s ADDRESS -p PORT -u URL [OPTION...]\n";

    private static readonly OptionSpecification[] Specifications =
    [
        Flag('S', "use-ssl", "Use TLS"),
        Flag('I', "use-sni", "Send the virtual host's name in the TLS handshake"),
        With('s', "server", "ADDRESS", "The server's IP address"),
        With('p', "port", "PORT", "The server's port, 1 to 65535"),
        With('u', "url", "URL", "The path to ask for"),
        With('V', "use-virtualhost", "HOST", "The Host header"),
        Flag('v', "verbose", "Show the answer and the hash in detail"),
        Flag('h', "help", "Show this help"),
        With('m', "fwmark", "MARK", "The firewall mark of the connection"),
        With('P', "protocol", "1.0|1.0c|1.1", "The version of HTTP; 1.0c is 1.0 with Connection: close"),
        With('t', "timeout", "SECONDS", "How long to wait for each step"),
    ];

    /// <summary>The server.</summary>
    public IPAddress? Server { get; private init; }

    /// <summary>Its port.</summary>
    public int Port { get; private init; }

    /// <summary>The path.</summary>
    public string Url { get; private init; } = "";

    /// <summary>The Host header; address and port if null.</summary>
    public string? VirtualHost { get; private init; }

    /// <summary>Whether the answer and the hash are shown in detail.</summary>
    public bool Verbose { get; private init; }

    private bool UseTls { get; init; }

    private bool UseSni { get; init; }

    private uint FirewallMark { get; init; }

    private HttpProtocol Protocol { get; init; }

    // Without -t, the original waits for more than an hour.
    private TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(uint.MaxValue / 1_000_000);

    /// <summary>Understands a command line. Null if it is none; <paramref name="errors"/> says why, and how it is to be.</summary>
    public static GenHashOptions? Parse(IReadOnlyList<string> arguments, out string errors)
    {
        var options = new GenHashOptions();
        var problems = new StringBuilder();
        foreach (var (option, value, error) in OptionScanner.Scan(arguments, Specifications))
        {
            if (error is not null)
                problems.Append(error).Append('\n');
            else if (option is null)
                problems.Append(CultureInfo.InvariantCulture, $"Unexpected argument(s): {value}\n");
            else if (option.Short == 'h')
                problems.Append('\n');
            else if (options.With(option.Short, value ?? "") is { } next)
                options = next;
            else
                problems.Append(CultureInfo.InvariantCulture, $"invalid {option.Long} '{value}'\n");
        }

        if (problems.Length == 0 && (options.Server is null || options.Port == 0 || options.Url.Length == 0))
            problems.Append("-s, -p and -u are needed\n");
        errors = problems.Length == 0 ? "" : $"{problems}{Usage()}";
        return problems.Length == 0 ? options : null;
    }

    /// <summary>The same for a checker.</summary>
    public HttpCheckerOptions ToChecker() => new()
    {
        Connection = new ConnectionOptions
        {
            Destination = new IPEndPoint(Server!, Port),
            FirewallMark = FirewallMark,
            Timeout = Timeout,
        },
        Urls = [new HttpUrl { Path = Url, VirtualHost = VirtualHost }],
        Protocol = Protocol,
        Tls = UseTls ? new HttpTlsOptions { SendServerName = UseSni } : null,
        ResponseLimit = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private GenHashOptions? With(char option, string value) => option switch
    {
        'S' => this with { UseTls = true },
        'I' => this with { UseSni = true },
        'v' => this with { Verbose = true },
        's' => IPAddress.TryParse(value, out var address) ? this with { Server = address } : null,
        'p' => TryNumber(value, 1, 65535, out var port) ? this with { Port = (int)port } : null,
        'u' => IsToken(value) ? this with { Url = value } : null,
        'V' => IsToken(value) ? this with { VirtualHost = value } : null,
        'm' => TryNumber(value, 0, uint.MaxValue, out var mark) ? this with { FirewallMark = (uint)mark } : null,
        't' => TryNumber(value, 1, uint.MaxValue / 1_000_000, out var seconds)
            ? this with { Timeout = TimeSpan.FromSeconds(seconds) }
            : null,
        _ => value switch
        {
            "1.0" => this with { Protocol = HttpProtocol.Http10 },
            "1.0c" or "1.0C" => this with { Protocol = HttpProtocol.Http10Close },
            "1.1" => this with { Protocol = HttpProtocol.Http11 },
            _ => null,
        },
    };

    private static bool TryNumber(string text, long least, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    private static bool IsToken(string text) => text.Length is > 0 and < 1500 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Usage()
    {
        var text = new StringBuilder(Title);
        foreach (var option in Specifications)
        {
            var left = $"  -{option.Short}, --{option.Long}{(option.ArgumentName.Length == 0 ? "" : "=" + option.ArgumentName)}";
            text.Append(left.PadRight(32)).Append(option.Help).Append('\n');
        }

        return text.ToString();
    }

    private static OptionSpecification Flag(char letter, string name, string help) =>
        new(OptionId.GenHash, letter, name, OptionArgument.None, "", help);

    private static OptionSpecification With(char letter, string name, string argument, string help) =>
        new(OptionId.GenHash, letter, name, OptionArgument.Required, argument, help);
}
