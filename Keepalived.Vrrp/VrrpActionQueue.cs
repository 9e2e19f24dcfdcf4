namespace Keepalived.Vrrp;

/// <summary>
/// A queue of actions, a field of whoever has one. Between two inputs it is empty, so the ring is borrowed from those that the thread has,
/// for as long as there is anything in it: thousands of routers need a few. Steady operation allocates nothing.
/// </summary>
internal struct VrrpActionQueue
{
    private const int UsualSize = 8;
    private const int LargestKept = 64;
    private const int MostKept = 16;

    [ThreadStatic]
    private static List<VrrpAction[]>? _spare;

    private VrrpAction[]? _ring;
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in VrrpAction action)
    {
        if (_ring is null)
            (_ring, _head) = (Borrow(), 0);
        else if (Count == _ring.Length)
            Grow(_ring);
        _ring[(_head + Count) & (_ring.Length - 1)] = action;
        Count++;
    }

    public bool TryDequeue(out VrrpAction action)
    {
        if (_ring is not { } ring)
        {
            action = default;
            return false;
        }

        action = ring[_head];
        _head = (_head + 1) & (ring.Length - 1);
        if (--Count == 0)
        {
            _ring = null;
            Return(ring);
        }

        return true;
    }

    private static VrrpAction[] Borrow()
    {
        if (_spare is not { Count: > 0 and var count } spare)
            return new VrrpAction[UsualSize];
        var ring = spare[count - 1];
        spare.RemoveAt(count - 1);
        return ring;
    }

    private static void Return(VrrpAction[] ring)
    {
        var spare = _spare ??= new List<VrrpAction[]>(MostKept);
        if (ring.Length <= LargestKept && spare.Count < MostKept)
            spare.Add(ring);
    }

    private void Grow(VrrpAction[] ring)
    {
        var larger = new VrrpAction[ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = ring[(_head + i) & (ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
