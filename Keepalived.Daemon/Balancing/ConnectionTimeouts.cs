using System.Globalization;
using Keepalived.Daemon.Processes;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The timeouts of IPVS connections (<c>lvs_timeouts</c>): set while they are configured, and put back to what they were. What they were is
/// written down before they are changed, so that the successor of a process that died knows it.
/// </summary>
/// <param name="client">The kernel.</param>
/// <param name="journal">The file: six numbers of seconds, what they were and what they were set to. It exists while they are changed.</param>
/// <param name="logger">Hears of what fails.</param>
internal sealed class ConnectionTimeouts(IpvsClient client, string journal, ILogger logger)
{
    private IpvsTimeouts? _before;
    private IpvsTimeouts? _present;
    private bool _isBegun;

    /// <summary>Goes on with these; null for those of the kernel.</summary>
    public async Task UseAsync(IpvsTimeouts? timeouts)
    {
        var isLeft = !_isBegun && File.Exists(journal);
        _isBegun = true;
        if (timeouts == _present && !isLeft)
            return;
        try
        {
            var present = await client.GetTimeoutsAsync().ConfigureAwait(true);
            _before ??= isLeft ? ReadBefore(present) : present;
            // One that is not said any more goes back to what it was.
            var wanted = new IpvsTimeouts
            {
                Tcp = Choose(timeouts?.Tcp, _before.Tcp),
                TcpFin = Choose(timeouts?.TcpFin, _before.TcpFin),
                Udp = Choose(timeouts?.Udp, _before.Udp),
            };
            if (timeouts is not null)
                Write(_before, wanted);
            if (wanted != present)
                await LostAnswers.AskAgainAsync(() => client.SetTimeoutsAsync(wanted)).ConfigureAwait(true);
            if (timeouts is null)
                File.Delete(journal);
            _present = timeouts;
        }
        catch (Exception e) when (e is NetlinkException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.TimeoutsFailed(logger, e.Message);
        }

        static TimeSpan Choose(TimeSpan? wanted, TimeSpan before) => wanted is { } value && value > TimeSpan.Zero ? value : before;
    }

    /// <summary>What they were before a process that died set them; if they are not what it set, others have changed them since.</summary>
    private IpvsTimeouts ReadBefore(IpvsTimeouts present)
    {
        List<int> seconds = [];
        foreach (var word in File.ReadAllText(journal).Split(' ', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                seconds.Add(number);
        }

        return seconds.Count == 6 && Of(seconds[3], seconds[4], seconds[5]) == present ? Of(seconds[0], seconds[1], seconds[2]) : present;

        static IpvsTimeouts Of(int tcp, int tcpFin, int udp) => new()
        {
            Tcp = TimeSpan.FromSeconds(tcp),
            TcpFin = TimeSpan.FromSeconds(tcpFin),
            Udp = TimeSpan.FromSeconds(udp),
        };
    }

    private void Write(IpvsTimeouts before, IpvsTimeouts now)
    {
        try
        {
            FileReplacement.Write(journal, string.Create(
                CultureInfo.InvariantCulture,
                $"{before.Tcp.TotalSeconds} {before.TcpFin.TotalSeconds} {before.Udp.TotalSeconds} {now.Tcp.TotalSeconds} {now.TcpFin.TotalSeconds} {now.Udp.TotalSeconds}\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They are set all the same: only after a death would they not be put back.
            Log.TimeoutsFailed(logger, e.Message);
        }
    }
}
