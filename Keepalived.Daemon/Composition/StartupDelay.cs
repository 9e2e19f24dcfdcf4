using System.Globalization;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Composition;

/// <summary>For how long VRRP keeps still after a start: <c>vrrp_startup_delay</c> or what is left of <c>vrrp_delay_after_boot</c>, whichever is longer.</summary>
internal static class StartupDelay
{
    private const string UptimeFile = "/proc/uptime";

    /// <summary>The delay from now on; zero for none.</summary>
    public static TimeSpan Remaining(VrrpDefaults defaults)
    {
        var delay = defaults.StartupDelay;
        if (defaults.DelayAfterBoot > TimeSpan.Zero && defaults.DelayAfterBoot - Uptime() is var left && left > delay)
            delay = left;
        return delay;
    }

    private static TimeSpan Uptime()
    {
        var text = File.ReadAllText(UptimeFile).AsSpan();
        return TimeSpan.FromSeconds(double.Parse(text[..text.IndexOf(' ')], CultureInfo.InvariantCulture));
    }
}
