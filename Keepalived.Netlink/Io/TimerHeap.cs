namespace Keepalived.Netlink.Io;

/// <summary>
/// Armed timers by deadline, equal deadlines in the order of arming: a 4-ary heap whose timers know their index, so that any of them
/// moves or leaves in O(log n). Four children to a node halve the depth and share cache lines. Allocates only to grow.
/// </summary>
internal sealed class TimerHeap
{
    private Entry[] _entries = new Entry[16];
    private long _sequence;

    public int Count { get; private set; }

    /// <summary>The earliest deadline; <see cref="MonotonicClock.Never"/> if the heap is empty.</summary>
    public long EarliestDeadline => Count == 0 ? MonotonicClock.Never : _entries[0].Deadline;

    /// <summary>The sequence number of the next arming: what was armed before has a smaller one.</summary>
    public long NextSequence => _sequence;

    /// <summary>The sequence number of the earliest timer's arming.</summary>
    public long EarliestSequence => _entries[0].Sequence;

    /// <summary>Makes room, so that arming this many timers does not allocate.</summary>
    public void EnsureCapacity(int capacity)
    {
        if (_entries.Length < capacity)
            Array.Resize(ref _entries, (int)Math.Max(capacity, Math.Min(2L * _entries.Length, Array.MaxLength)));
    }

    /// <summary>Adds a timer, or moves it if it is in the heap.</summary>
    public void Set(LoopTimer timer, long deadline)
    {
        var entry = new Entry(deadline, _sequence++, timer);
        timer.Deadline = deadline;
        var index = timer.HeapIndex;
        if (index < 0)
        {
            EnsureCapacity(Count + 1);
            SiftUp(Count++, entry);
        }
        else if (entry.IsBefore(_entries[index]))
        {
            SiftUp(index, entry);
        }
        else
        {
            SiftDown(index, entry);
        }
    }

    /// <summary>Removes a timer that is in the heap.</summary>
    public void Remove(LoopTimer timer)
    {
        var index = timer.HeapIndex;
        timer.HeapIndex = -1;
        timer.Deadline = MonotonicClock.Never;
        var last = _entries[--Count];
        _entries[Count] = default;
        if (index == Count)
            return;
        if (index > 0 && last.IsBefore(_entries[(index - 1) >> 2]))
            SiftUp(index, last);
        else
            SiftDown(index, last);
    }

    /// <summary>Removes the earliest timer. The heap must not be empty.</summary>
    public LoopTimer RemoveEarliest()
    {
        var timer = _entries[0].Timer;
        Remove(timer);
        return timer;
    }

    private void SiftUp(int index, Entry entry)
    {
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!entry.IsBefore(_entries[parent]))
                break;
            Place(index, _entries[parent]);
            index = parent;
        }

        Place(index, entry);
    }

    private void SiftDown(int index, Entry entry)
    {
        while (true)
        {
            var child = (index << 2) + 1;
            if (child >= Count)
                break;
            var end = Math.Min(child + 4, Count);
            var least = child;
            while (++child < end)
            {
                if (_entries[child].IsBefore(_entries[least]))
                    least = child;
            }

            if (!_entries[least].IsBefore(entry))
                break;
            Place(index, _entries[least]);
            index = least;
        }

        Place(index, entry);
    }

    private void Place(int index, Entry entry)
    {
        _entries[index] = entry;
        entry.Timer.HeapIndex = index;
    }

    private readonly struct Entry(long deadline, long sequence, LoopTimer timer)
    {
        public readonly long Deadline = deadline;
        public readonly long Sequence = sequence;
        public readonly LoopTimer Timer = timer;

        public bool IsBefore(in Entry other) => Deadline < other.Deadline || (Deadline == other.Deadline && Sequence < other.Sequence);
    }
}
