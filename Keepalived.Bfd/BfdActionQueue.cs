namespace Keepalived.Bfd;

/// <summary>A ring of actions. It grows only under a driver that does not drain it, so a proper one never makes it allocate.</summary>
internal sealed class BfdActionQueue
{
    private BfdAction[] _ring = new BfdAction[16];
    private int _head;
    private int _count;

    public void Enqueue(in BfdAction action)
    {
        if (_count == _ring.Length)
            Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = action;
    }

    public bool TryDequeue(out BfdAction action)
    {
        if (_count == 0)
        {
            action = default;
            return false;
        }

        action = _ring[_head];
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return true;
    }

    private void Grow()
    {
        var grown = new BfdAction[_ring.Length * 2];
        for (var i = 0; i < _count; i++)
            grown[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (grown, 0);
    }
}
