using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Documentation;
using Keepalived.Daemon.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary><c>--config-help</c> and <c>--config-schema</c>: what the keyword table has to say.</summary>
internal static class ConfigurationHelp
{
    /// <summary>Says it. Returns the exit status: 1 for a keyword that there is not.</summary>
    public static int Run(CommandLineOptions options)
    {
        if (options.ShowSchema)
        {
            StandardStreams.WriteOutput(ConfigurationSchema.ToJson());
            return ExitCode.Ok;
        }

        if (options.HelpKeyword is not { Length: > 0 } keyword)
        {
            StandardStreams.WriteOutput(ConfigurationReference.ExplainAll());
            return ExitCode.Ok;
        }

        if (ConfigurationReference.Explain(keyword) is { } text)
        {
            StandardStreams.WriteOutput(text);
            return ExitCode.Ok;
        }

        var suggestion = ConfigurationReference.Suggest(keyword) is { } near ? $"; did you mean '{near}'?" : string.Empty;
        StandardStreams.WriteErrorLine($"keepalived: there is no keyword '{keyword}'{suggestion}");
        return 1;
    }
}
