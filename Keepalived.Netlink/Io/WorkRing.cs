namespace Keepalived.Netlink.Io;

/// <summary>A first-in first-out queue of one thread, which allocates only to grow.</summary>
internal sealed class WorkRing
{
    private WorkItem[] _items = new WorkItem[64];
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(in WorkItem item)
    {
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count++) & (_items.Length - 1)] = item;
    }

    public bool TryDequeue(out WorkItem item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        item = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return true;
    }

    private void Grow()
    {
        var larger = new WorkItem[_items.Length * 2];
        var first = _items.Length - _head;
        Array.Copy(_items, _head, larger, 0, first);
        Array.Copy(_items, 0, larger, first, _head);
        (_items, _head) = (larger, 0);
    }
}
