using System.Globalization;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Notify;

/// <summary>The limits that the daemon was started with, for scripts to get back: open files and core size, soft and hard.</summary>
internal readonly record struct ScriptLimits(ulong FilesSoft, ulong FilesHard, ulong CoreSoft, ulong CoreHard)
{
    /// <summary>The limits of this process as they are now.</summary>
    public static ScriptLimits Current
    {
        get
        {
            var files = RealTime.GetLimit(ResourceLimit.OpenFiles);
            var core = RealTime.GetLimit(ResourceLimit.Core);
            return new ScriptLimits(files.Soft, files.Hard, core.Soft, core.Hard);
        }
    }

    /// <summary>Applies them to this process. Raising a hard limit needs CAP_SYS_RESOURCE; without it the limit stays.</summary>
    public void Apply()
    {
        _ = RealTime.SetLimit(ResourceLimit.OpenFiles, FilesSoft, FilesHard);
        _ = RealTime.SetLimit(ResourceLimit.Core, CoreSoft, CoreHard);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static ScriptLimits Parse(string text)
    {
        var numbers = Array.ConvertAll(text.Split(','), number => ulong.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
        return numbers.Length == 4
            ? new ScriptLimits(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new FormatException($"'{text}' are no limits.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FilesSoft},{FilesHard},{CoreSoft},{CoreHard}");
}
