using System.Globalization;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Composition;

/// <summary>For how long VRRP keeps still after a start: <c>vrrp_startup_delay</c> or what is left of <c>vrrp_delay_after_boot</c>, whichever is longer.</summary>
internal static class StartupDelay
{
    private const string UptimeFile = "/proc/uptime";

    /// <summary>The delay from now on; zero for none.</summary>
    /// <param name="defaults">What the configuration says.</param>
    /// <param name="elapsed">The time since the start.</param>
    public static TimeSpan Remaining(VrrpDefaults defaults, TimeSpan elapsed = default) =>
        Remaining(defaults, elapsed, defaults.DelayAfterBoot > TimeSpan.Zero ? Uptime() : TimeSpan.Zero);

    /// <summary>The same for a machine that has been up for so long.</summary>
    public static TimeSpan Remaining(VrrpDefaults defaults, TimeSpan elapsed, TimeSpan uptime)
    {
        var afterStart = defaults.StartupDelay - elapsed;
        var afterBoot = defaults.DelayAfterBoot - uptime;
        var longer = afterStart > afterBoot ? afterStart : afterBoot;
        return longer > TimeSpan.Zero ? longer : TimeSpan.Zero;
    }

    private static TimeSpan Uptime()
    {
        var text = File.ReadAllText(UptimeFile).AsSpan();
        return TimeSpan.FromSeconds(double.Parse(text[..text.IndexOf(' ')], CultureInfo.InvariantCulture));
    }
}
