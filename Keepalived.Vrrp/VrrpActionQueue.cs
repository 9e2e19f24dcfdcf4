namespace Keepalived.Vrrp;

/// <summary>
/// A ring of actions. It grows only when more are queued at once than ever before, so steady operation allocates nothing.
/// </summary>
internal sealed class VrrpActionQueue
{
    private VrrpAction[] _ring = new VrrpAction[4];
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in VrrpAction action)
    {
        if (Count == _ring.Length)
            Grow();
        _ring[(_head + Count) & (_ring.Length - 1)] = action;
        Count++;
    }

    public bool TryDequeue(out VrrpAction action)
    {
        if (Count == 0)
        {
            action = default;
            return false;
        }

        action = _ring[_head];
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        return true;
    }

    private void Grow()
    {
        var larger = new VrrpAction[_ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }
}
