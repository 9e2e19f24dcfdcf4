namespace Keepalived.Daemon.Balancing.Marks;

/// <summary>Ranges of one family, protocol and port that do not overlap: the kernel refuses those that do.</summary>
internal sealed class DisjointRanges
{
    private readonly List<MarkRange> _ranges = [];

    /// <summary>Adds what no range before has.</summary>
    /// <param name="range">A range.</param>
    /// <param name="taken">Gets each range before that has some of it.</param>
    /// <returns>The parts of it that are added, in order.</returns>
    public List<MarkRange> Add(MarkRange range, Action<MarkRange> taken)
    {
        List<MarkRange> parts = [];
        MarkRange? rest = range;
        var at = FindFirst(range);
        for (var i = at; rest is { } left && i < _ranges.Count && _ranges[i].First <= left.Last; i++)
        {
            taken(_ranges[i]);
            rest = null;
            foreach (var part in left.Without(_ranges[i]))
            {
                if (part.Last < _ranges[i].First)
                    parts.Add(part);
                else
                    rest = part;
            }
        }

        if (rest is { } last)
            parts.Add(last);
        foreach (var part in parts)
            _ranges.Insert(FindFirst(part), part);
        return parts;
    }

    /// <summary>The first range that does not end before this one begins.</summary>
    private int FindFirst(in MarkRange range)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < range.First)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
