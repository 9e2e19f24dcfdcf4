namespace Keepalived.Netlink.Route;

/// <summary>The objects of one kind that a monitor knows. Changes are added to a list of events.</summary>
internal abstract class MonitoredTable<T>(Func<NetworkChange, T, T?, NetworkEvent> makeEvent)
    where T : class
{
    public abstract IEnumerable<T> Items { get; }

    /// <summary>A notification, or an entry of a dump.</summary>
    /// <param name="value">The object.</param>
    /// <param name="isRemoval">Whether it is gone.</param>
    /// <param name="isReplacement">Whether it takes the place of another (NLM_F_REPLACE).</param>
    /// <param name="events">Where to tell of the change.</param>
    public abstract void Apply(T value, bool isRemoval, bool isReplacement, List<NetworkEvent> events);

    /// <summary>Takes over what a fresh table has, and tells of the differences.</summary>
    public abstract void Adopt(MonitoredTable<T> fresh, List<NetworkEvent> events);

    protected void Report(List<NetworkEvent> events, NetworkChange change, T value, T? previous = null) =>
        events.Add(makeEvent(change, value, previous));
}
