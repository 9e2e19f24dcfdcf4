namespace Keepalived.Netlink.Io;

/// <summary>
/// Something to call: an <see cref="Action{T}"/> or a <see cref="SendOrPostCallback"/>, kept as it is so that neither needs a wrapper.
/// </summary>
internal readonly struct WorkItem(Delegate callback, object? state, bool isLate = false)
{
    /// <summary>Whether it belongs to the end of the turn.</summary>
    public bool IsLate => isLate;

    public void Invoke()
    {
        if (callback is Action<object?> action)
            action(state);
        else
            ((SendOrPostCallback)callback)(state);
    }
}
