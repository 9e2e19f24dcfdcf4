using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>An address, route or rule that we want the kernel to have, and what we did about it.</summary>
internal abstract class KeptObject
{
    private long _windowEnd = long.MinValue;
    private int _attempts;

    public abstract KeptKind Kind { get; }

    /// <summary>Whether it matters that somebody else deletes it.</summary>
    public abstract bool IsTracked { get; }

    /// <summary>Whether the last thing we asked for was to have it.</summary>
    public bool IsSet { get; set; }

    /// <summary>Which request was the last about it: an answer to an earlier one has no say.</summary>
    public int LastRequest { get; set; }

    /// <summary>Whether both are the same wish.</summary>
    public abstract bool IsSameWish(KeptObject other);

    /// <summary>Whether the kernel takes both, as they were last placed, for the same.</summary>
    public abstract bool IsSameInKernel(KeptObject other);

    /// <summary>
    /// What stands for it in the journal: the same for what the kernel takes for the same. Without the interfaces of now, as they may come
    /// later.
    /// </summary>
    public abstract string ToJournalKey(InterfaceTable interfaces);

    /// <summary>What stands for it in the journal now; <see langword="null"/> if nothing does.</summary>
    public string? JournalKey { get; set; }

    /// <summary>Finds the interfaces that it names.</summary>
    /// <returns>The name of one that is missing; <see langword="null"/> if there is none.</returns>
    public abstract string? Place(InterfaceTable interfaces);

    /// <summary>Makes room for one that the kernel cannot have, or should not be without, beside this one.</summary>
    /// <returns>Whether this one has to be deleted first.</returns>
    public virtual bool YieldTo(KeptObject wanted, InterfaceTable interfaces) => false;

    /// <summary>What it takes the place of with the next request; <see langword="null"/> for nothing.</summary>
    public KeptObject? Replaced { get; set; }

    public abstract void Add(RouteBatch batch);

    public abstract void Delete(RouteBatch batch);

    /// <summary>Takes note of a removal of ours that will be notified.</summary>
    public abstract void ExpectRemoval(TransportContext context);

    /// <summary>The removal was refused, and will not be notified.</summary>
    public abstract void ForgetRemoval(TransportContext context);

    /// <summary>Whether an error of adding it says that it is there, just as we want it.</summary>
    public virtual bool IsThere(Exception error) => error is NetlinkException { IsExists: true };

    /// <summary>Counts an attempt to put it back.</summary>
    /// <returns>Whether it is within the limits.</returns>
    public bool TryCountRepair(DriftRepairOptions options, long now)
    {
        if (now >= _windowEnd)
            (_windowEnd, _attempts) = (now + MonotonicClock.FromTimeSpan(options.Window), 0);
        return ++_attempts <= options.MaxAttempts;
    }
}
