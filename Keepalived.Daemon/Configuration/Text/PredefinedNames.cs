using System.Globalization;
using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>
/// The names that are defined from the start: <c>_PWD</c>, <c>_INSTANCE</c>, <c>_RANDOM</c>, <c>_ENV</c>, <c>_HASH</c>, <c>_BANG</c>.
/// </summary>
internal sealed class PredefinedNames(ConfigurationReader reader, string configId, uint seed)
{
    private const int DefaultMax = 32767;

    private RandomSequence _random = new(seed);

    /// <summary>Starts <c>_RANDOM</c> again.</summary>
    public void SetSeed(uint value) => _random = new RandomSequence(value);

    /// <summary>The value of a name; null if there is none, or its parameters are wrong, which is then reported.</summary>
    public string? Find(ReadOnlySpan<char> name, ReadOnlySpan<char> parameters, SourceLocation place)
    {
        switch (name)
        {
            case "_PWD" when parameters.IsEmpty:
                return TextEncoding.ToBytesText(reader.CurrentDirectory);
            case "_INSTANCE" when parameters.IsEmpty:
                return configId;
            case "_HASH" when parameters.IsEmpty:
                return "#";
            case "_BANG" when parameters.IsEmpty:
                return "!";
            case "_RANDOM":
                return Random(parameters, place);
            case "_ENV":
                if (!References.IsName(parameters))
                {
                    Report(place, "_ENV needs the name of one environment variable", "${_ENV NAME}");
                    return null;
                }

                return TextEncoding.ToBytesText(reader.Source.GetEnvironmentVariable(parameters.ToString()) ?? string.Empty)
                    .ReplaceLineEndings(" ");
            default:
                return null;
        }
    }

    private string? Random(ReadOnlySpan<char> parameters, SourceLocation place)
    {
        var words = parameters.ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        Span<uint> bounds = [0, DefaultMax];
        if (words.Length > 2)
        {
            Report(place, "_RANDOM takes at most a minimum and a maximum", "${_RANDOM MIN MAX}");
            return null;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (uint.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out bounds[i]))
                continue;
            Report(place, $"'{words[i]}' is not a number", "a number from 0 to 4294967295");
            return null;
        }

        if (bounds[1] < bounds[0])
        {
            Report(place, $"the maximum {bounds[1]} is less than the minimum {bounds[0]}; the minimum is used", null);
            bounds[1] = bounds[0];
        }

        return _random.Next(bounds[0], bounds[1]).ToString(CultureInfo.InvariantCulture);
    }

    private void Report(SourceLocation place, string message, string? expected) =>
        reader.Diagnostics.Error(DiagnosticCodes.BadReference, ConfigurationFault.General, place, message, expected);
}
