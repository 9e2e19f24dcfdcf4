using System.Reflection;
using System.Text;

namespace Keepalived.Daemon.CommandLine;

/// <summary>The texts of <c>-h</c> and <c>-v</c>.</summary>
internal static class HelpText
{
    /// <summary>The version of the product, for example <c>0.1.0</c>.</summary>
    public static string Version
    {
        get
        {
            var attribute = typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
            var version = attribute?.InformationalVersion ?? "0";
            var suffix = version.IndexOf('+', StringComparison.Ordinal);
            return suffix < 0 ? version : version[..suffix];
        }
    }

    /// <summary>What <c>-h</c> shows.</summary>
    public static string Usage()
    {
        var text = new StringBuilder("Usage: keepalived [OPTION...]\n");
        foreach (var option in OptionSpecification.All)
        {
            var argument = option.Argument switch
            {
                OptionArgument.Required => "=" + option.ArgumentName,
                OptionArgument.Optional => "[=" + option.ArgumentName + "]",
                _ => "",
            };
            var left = (option.Short == '\0' ? "      " : $"  -{option.Short}, ") + "--" + option.Long + argument;
            if (left.Length > 31)
                text.Append(left).Append('\n').Append(' ', 32);
            else
                text.Append(left.PadRight(32));
            text.Append(option.Help).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What <c>-v</c> shows. The first line has the real program's form, because tools look for it.</summary>
    public static string About() =>
        $"""
        Keepalived v{Version} (for .NET)

        Copyright (c) 2026 The Keepalived.NET contributors. MIT licence.

        Running on {Environment.OSVersion.VersionString}
        Runtime {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}

        """;
}
