using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// When a child that died is started again: at once, then after 1, 2, 4 … 60 s while it keeps dying young. One policy a child; it
/// reads no clock.
/// </summary>
internal sealed class RespawnPolicy(bool noRespawn)
{
    private static readonly long[] Delays = [0, 1, 2, 4, 8, 16, 32, 60];

    /// <summary>A child that lived this long, in nanoseconds, counts as healthy: its next restart is immediate again.</summary>
    public const long HealthyLife = 60 * MonotonicClock.Second;

    private int _next;

    /// <summary>Decides on the death of a child that lived for <paramref name="life"/> nanoseconds.</summary>
    public RespawnDecision OnExit(ProcessStatus status, long life)
    {
        if (status is { Signal: 0, Code: ExitCode.Fatal or ExitCode.Configuration or ExitCode.Permission })
            return new RespawnDecision(RespawnAction.StopAll, 0, status.Code);
        if (noRespawn)
            return new RespawnDecision(RespawnAction.StopAll, 0, ExitCode.Ok);
        if (life >= HealthyLife)
            _next = 0;
        var delay = Delays[_next] * MonotonicClock.Second;
        _next = Math.Min(_next + 1, Delays.Length - 1);
        return new RespawnDecision(RespawnAction.Respawn, delay, 0);
    }
}
