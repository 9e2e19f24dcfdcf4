using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>
/// The number of the last good advert of each sender. When there are more senders than places, the one silent longest is forgotten.
/// </summary>
internal sealed class ReplayMarks(int capacity)
{
    /// <summary>A table without places.</summary>
    public static ReplayMarks None { get; } = new(0);

    private readonly Mark[] _marks = new Mark[capacity];
    private int _count;

    /// <summary>Accepts a number if it is newer than the sender's last one, and remembers it.</summary>
    /// <param name="source">The sender.</param>
    /// <param name="sequence">The number of its advert, known to be genuine.</param>
    /// <param name="clock">Our time as such a number.</param>
    /// <param name="window">A mark further than this from our time, in seconds, does not count; null if all do.</param>
    public bool TryAdvance(InetAddress source, ulong sequence, ulong clock, int? window)
    {
        var place = Find(source);
        var isKnown = place < _count;
        if (isKnown && window is { } seconds && !IsWithin(SequenceClock.SecondsAhead(_marks[place].Sequence, clock), seconds))
            isKnown = false;
        if (isKnown && !SequenceClock.IsAfter(sequence, _marks[place].Sequence))
            return false;
        Put(place, new Mark(source, sequence));
        return true;
    }

    /// <summary>Takes over what another table knows of senders that still count, the most recent first, as far as there is room.</summary>
    public void CopyFrom(ReplayMarks other, Func<InetAddress, bool> counts)
    {
        _count = 0;
        for (var i = 0; i < other._count && _count < _marks.Length; i++)
        {
            if (counts(other._marks[i].Source))
                _marks[_count++] = other._marks[i];
        }
    }

    /// <summary>Whether a difference of clocks is in the window. -2^31 has no absolute value.</summary>
    internal static bool IsWithin(int seconds, int window) => seconds >= -window && seconds <= window;

    private int Find(InetAddress source)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_marks[i].Source == source)
                return i;
        }

        return _count;
    }

    /// <summary>Moves a place to the front; one beyond the end is new, and pushes the last one out of a full table.</summary>
    private void Put(int place, Mark mark)
    {
        if (place == _count)
        {
            if (_count < _marks.Length)
                _count++;
            else
                place--;
        }

        Array.Copy(_marks, 0, _marks, 1, place);
        _marks[0] = mark;
    }

    private readonly record struct Mark(InetAddress Source, ulong Sequence);
}
