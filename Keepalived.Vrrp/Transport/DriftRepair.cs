using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Puts back what somebody else deleted, and tries again what the kernel refuses, within the limits of the options. Lives on the loop.
/// </summary>
internal sealed class DriftRepair : IDisposable
{
    private readonly TransportContext _context;
    private readonly ObjectKeeper _keeper;
    private readonly Action<long> _giveUp;
    private readonly List<KeptObject> _refused = [];
    private LoopTimer? _retry;

    /// <summary>Repairs for a keeper.</summary>
    /// <param name="context">What the drivers share.</param>
    /// <param name="keeper">Whose objects are put back.</param>
    /// <param name="giveUp">What to do when the limits are reached.</param>
    public DriftRepair(TransportContext context, ObjectKeeper keeper, Action<long> giveUp)
    {
        (_context, _keeper, _giveUp) = (context, keeper, giveUp);
    }

    /// <summary>The limits; <see langword="null"/> to repair nothing.</summary>
    public DriftRepairOptions? Options { get; set; }

    /// <summary>Asks the kernel to have the object again.</summary>
    /// <returns>Whether the limits allow it.</returns>
    public bool TryRepair(KeptObject lost, long now)
    {
        if (Options is null || !lost.TryCountRepair(Options, now))
            return false;
        _keeper.Restore(lost);
        return true;
    }

    /// <summary>The kernel refused: tries again soon.</summary>
    public void OnRefused(KeptObject kept)
    {
        if (Options is null)
            return;
        _refused.Add(kept);
        _retry ??= _context.Loop.CreateTimer(static state => ((DriftRepair)state!).Retry(), this);
        if (!_retry.IsArmed)
            _retry.Arm(_context.Loop.Now + MonotonicClock.FromTimeSpan(Options.RetryDelay));
    }

    /// <summary>What was lost is not wanted any more, or will be asked for anew.</summary>
    public void Cancel()
    {
        _refused.Clear();
        _retry?.Cancel();
    }

    public void Dispose() => _retry?.Dispose();

    private void Retry()
    {
        var now = _context.Loop.Now;
        KeptObject[] refused = [.. _refused];
        _refused.Clear();
        foreach (var kept in refused)
        {
            if (kept.IsSet || TryRepair(kept, now))
                continue;
            _giveUp(now);
            return;
        }
    }
}
