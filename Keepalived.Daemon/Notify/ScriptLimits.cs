using System.Globalization;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Notify;

/// <summary>The limits that the process had when it started, for scripts to get back: descriptors and core size.</summary>
/// <param name="Files">RLIMIT_NOFILE.</param>
/// <param name="Core">RLIMIT_CORE.</param>
internal readonly record struct ScriptLimits(Libc.ResourceLimit Files, Libc.ResourceLimit Core)
{
    /// <summary>The limits of this process as they are now.</summary>
    public static ScriptLimits Current
    {
        get
        {
            _ = Libc.GetResourceLimit(Libc.ResourceLimit.NoFile, out var files);
            _ = Libc.GetResourceLimit(Libc.ResourceLimit.Core, out var core);
            return new ScriptLimits(files, core);
        }
    }

    /// <summary>Applies them to this process. Raising a hard limit needs CAP_SYS_RESOURCE; without it the limit stays.</summary>
    public void Apply()
    {
        _ = Libc.SetResourceLimit(Libc.ResourceLimit.NoFile, Files);
        _ = Libc.SetResourceLimit(Libc.ResourceLimit.Core, Core);
    }

    internal static ScriptLimits Parse(string text)
    {
        var numbers = text.Split(',').Select(number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new ScriptLimits(Limit(numbers[0], numbers[1]), Limit(numbers[2], numbers[3]));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Files.Current},{Files.Maximum},{Core.Current},{Core.Maximum}");

    private static Libc.ResourceLimit Limit(ulong current, ulong maximum) => new() { Current = current, Maximum = maximum };
}
