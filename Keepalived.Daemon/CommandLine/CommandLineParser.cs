using System.Globalization;
using System.Text;

namespace Keepalived.Daemon.CommandLine;

/// <summary>Words of the command line → <see cref="CommandLineOptions"/>, with the exit behaviour of the real program.</summary>
internal static class CommandLineParser
{
    /// <summary>Understands a command line. Errors do not stop it: all are reported, and then the exit status is 1.</summary>
    public static CommandLineResult Parse(IReadOnlyList<string> arguments)
    {
        var options = new CommandLineOptions();
        var errors = new StringBuilder();
        var words = new List<string>();
        var warnings = new List<string>();
        var failed = false;

        foreach (var (option, value, error) in OptionScanner.Scan(arguments, OptionSpecification.All))
        {
            if (error is not null)
            {
                errors.Append(error).Append('\n');
                failed = true;
                continue;
            }

            if (option is null)
            {
                words.Add(value!);
                continue;
            }

            switch (option.Id)
            {
                case OptionId.Version:
                    return Exit(0, "", HelpText.About());
                case OptionId.Help:
                    return Exit(0, "", HelpText.Usage());
                case OptionId.SignalNumber:
                    return SignalNames.TryGetNumber(value!, out var number)
                        ? Exit(0, number.ToString(CultureInfo.InvariantCulture) + "\n", "")
                        : Exit(1, "", $"Unknown sigfunc {value}\n");
                case OptionId.GenHash:
                    return Exit(1, "", "-T (--genhash) must be the first option\n");
                case OptionId.Format when value is not ("text" or "json"):
                    // Who asked for another form would not understand this one.
                    errors.Append(CultureInfo.InvariantCulture, $"Unknown format '{value}': text or json\n");
                    failed = true;
                    break;
                default:
                    options = Apply(options, option.Id, value, errors, warnings);
                    break;
            }
        }

        // The keyword may also stand behind the option, as a word of its own.
        if (options.HelpKeyword is "" && words is [var keyword])
        {
            options = options with { HelpKeyword = keyword };
            words.Clear();
        }
        else if (options.HelpKeyword is not null && words.Count > 0)
        {
            return Exit(1, "", "--config-help explains one keyword, or without any all of them\n");
        }

        var output = words.Count == 0 ? "" : $"Unexpected argument(s): {string.Join(' ', words)}\n";
        return new CommandLineResult(options, failed ? 1 : null, output, errors.ToString(), warnings);

        static CommandLineResult Exit(int code, string output, string errors) => new(new CommandLineOptions(), code, output, errors, []);
    }

    private static CommandLineOptions Apply(
        CommandLineOptions options, OptionId id, string? value, StringBuilder errors, List<string> warnings)
    {
        switch (id)
        {
            case OptionId.UseFile: return options with { ConfigurationFile = value! };
            case OptionId.OnlyVrrp: return options with { RunChecker = false };
            case OptionId.OnlyChecker: return options with { RunVrrp = false };
            case OptionId.NoBfd: return options with { RunBfd = false };
            case OptionId.AllChildren: return options with { AllChildren = true, RunVrrp = true, RunChecker = true, RunBfd = true };
            case OptionId.LogConsole: return options with { LogToConsole = true };
            case OptionId.LogDetail: return options with { LogDetail = options.LogDetail + 1 };
            case OptionId.LogFile: return options with { LogFile = LogPath(value) };
            case OptionId.FlushLogFile: return options with { FlushLogFile = true };
            case OptionId.NoSyslog: return options with { UseSyslog = false };
            case OptionId.KeepIpvs: return options with { KeepIpvs = true };
            case OptionId.KeepVrrp: return options with { KeepVrrp = true };
            case OptionId.NoRespawn: return options with { NoRespawn = true };
            case OptionId.Foreground: return options with { Foreground = true };
            case OptionId.PidFile: return options with { PidFile = value };
            case OptionId.VrrpPidFile: return options with { VrrpPidFile = value };
            case OptionId.CheckersPidFile: return options with { CheckersPidFile = value };
            case OptionId.BfdPidFile: return options with { BfdPidFile = value };
            case OptionId.Namespace: return options with { Namespace = value };
            case OptionId.AllConfiguration: return options with { AllConfiguration = true };
            case OptionId.ConfigurationId: return options with { ConfigurationId = value };
            case OptionId.CoreDump: return options with { CoreDump = true };
            case OptionId.CoreDumpPattern: return options with { CoreDump = true, CoreDumpPattern = value ?? "core" };
            case OptionId.IgnoreSigInt: return options with { IgnoreSigInt = true };
            case OptionId.ConfigurationTest:
                return options with
                {
                    TestConfiguration = true,
                    TestLogFile = value,
                    NoRespawn = true,
                    Foreground = true,
                    UseSyslog = false,
                };
            case OptionId.DumpConfiguration: return options with { DumpConfiguration = true };
            case OptionId.ReleaseVips: return options with { ReleaseForeignAddresses = true };
            case OptionId.AddressMonitoring: return options with { LogAddresses = true };
            case OptionId.Snmp or OptionId.SnmpAgentSocket:
                warnings.Add($"{OptionSpecification.Of(id).Display} is not available in this version: option ignored");
                return options;
            case OptionId.ConfigurationHelp: return options with { HelpKeyword = value ?? "" };
            case OptionId.ConfigurationSchema: return options with { ShowSchema = true };
            case OptionId.Format: return options with { DiagnosticsAsJson = value == "json" };
            case OptionId.LogFacility:
                if (TryParseFacility(value!, out var facility))
                    return options with { Facility = facility };
                errors.Append(CultureInfo.InvariantCulture, $"Invalid log facility '{value}': ignored\n");
                return options;
            case OptionId.Umask:
                if (TryParseNumber(value!, out var mask) && mask <= 0b111_111_111)
                    return options with { Umask = mask };
                errors.Append(CultureInfo.InvariantCulture, $"Invalid umask '{value}': ignored\n");
                return options;
            default:
                throw new InvalidOperationException($"Option {id} has no meaning.");
        }
    }

    /// <summary>The path of a log file: names without a directory live in the temporary one.</summary>
    private static string LogPath(string? value) => Path.Combine(TemporaryDirectory.Path, value ?? "keepalived.log");

    private static bool TryParseFacility(string text, out SyslogFacility facility)
    {
        facility = SyslogFacility.Daemon;
        switch (text)
        {
            case "daemon":
                return true;
            case "user":
                facility = SyslogFacility.User;
                return true;
        }

        var digits = text.StartsWith("local", StringComparison.Ordinal) ? text.AsSpan(5) : text;
        if (digits is not [>= '0' and <= '7'])
            return false;
        facility = SyslogFacility.Local0 + (digits[0] - '0');
        return true;
    }

    /// <summary>A number as strtoul(3) reads it with base 0: decimal, 0x hexadecimal, 0 octal; nothing may follow.</summary>
    internal static bool TryParseNumber(string text, out int number)
    {
        number = 0;
        var (digits, radix) = text switch
        {
            ['0', 'x' or 'X', ..] => (text[2..], 16),
            ['0', _, ..] => (text[1..], 8),
            _ => (text, 10),
        };
        long sum = 0;
        foreach (var digit in digits)
        {
            var nibble = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (nibble >= radix || (sum = (sum * radix) + nibble) > int.MaxValue)
                return false;
        }

        number = (int)sum;
        return digits.Length > 0;
    }
}
