using System.Globalization;
using Keepalived.Daemon.Interop;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The groups whose processes may ping without privileges, <c>net.ipv4.ping_group_range</c>: PING_CHECK needs this process's to be among
/// them. What was there before comes back at the end.
/// </summary>
internal sealed class PingRange(ILogger logger)
{
    private const string Path = "/proc/sys/net/ipv4/ping_group_range";
    private string? _before;

    /// <summary>Widens the range if it is needed and too narrow.</summary>
    public void Use(bool isNeeded)
    {
        if (!isNeeded || _before is not null)
            return;
        try
        {
            var text = File.ReadAllText(Path);
            var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var (first, last) = (uint.Parse(words[0], CultureInfo.InvariantCulture), uint.Parse(words[1], CultureInfo.InvariantCulture));
            var group = Libc.GetEffectiveGroup();
            if (first <= group && group <= last)
                return;
            // "1 0" is the empty range.
            var most = last < first ? group : Math.Max(last, group);
            var least = last < first ? group : Math.Min(first, group);
            File.WriteAllText(Path, string.Create(CultureInfo.InvariantCulture, $"{least}\t{most}"));
            _before = text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            Log.PingRangeNotSet(logger, e.Message);
        }
    }

    /// <summary>Puts the old range back.</summary>
    public void Restore()
    {
        if (_before is not { } before)
            return;
        _before = null;
        try
        {
            File.WriteAllText(Path, before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.PingRangeNotSet(logger, e.Message);
        }
    }
}
