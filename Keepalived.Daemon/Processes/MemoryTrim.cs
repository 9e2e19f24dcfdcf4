using System.Globalization;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Gives memory back that only the start needed. Processes of a daemon sleep nearly always: without their start-up garbage and the pages of
/// code that they will hardly run again they are half as large. What is needed again comes back from the page cache.
/// </summary>
internal static class MemoryTrim
{
    /// <summary>From the end of a start or reload to the trim, in nanoseconds: the log shall be written by then.</summary>
    public const long Delay = 500 * MonotonicClock.Millisecond;

    private const int NurserySize = 64 * 1024, NurseryPiece = 4096;

    /// <summary>
    /// Collects garbage and lets go of the code and constants of this process, on another thread: an event loop has nothing to tell about it.
    /// </summary>
    /// <param name="loop">The loop of a process that must answer at once: there is memory for what it allocates next.</param>
    /// <param name="hotCode">The code of its steady work, which is there again at once: of <see cref="HotCode"/>.</param>
    public static void Start(EventLoop? loop = null, (nuint Start, nuint Length)? hotCode = null) => ThreadPool.UnsafeQueueUserWorkItem(
        static work =>
        {
            Run(preparesNursery: work.Loop is not null, work.HotCode);
            work.Loop?.Post(static () => GC.KeepAlive(new object())); // its thread takes a piece of the nursery
        },
        (Loop: loop, HotCode: hotCode),
        preferLocal: false);

    internal static void Run(bool preparesNursery = false, (nuint Start, nuint Length)? hotCode = null)
    {
        var mappings = FindUnchangedMappings(File.ReadLines("/proc/self/smaps")).ToArray();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (preparesNursery)
            PrepareNursery();
        foreach (var (start, length) in mappings)
            Libc.ForgetPages(start, length);
        if (hotCode is var (hot, size))
        {
            // From the beginning of its mapping: there is the code of the runtime, with the allocator.
            var first = mappings.FirstOrDefault(mapping => hot - mapping.Start < mapping.Length).Start;
            Libc.ReadPages(first, first == 0 ? 0 : hot - first + size);
        }
    }

    /// <summary>The next thousand objects shall find memory that needs no page fault.</summary>
    private static void PrepareNursery()
    {
        for (var used = 0; used < NurserySize; used += NurseryPiece)
            GC.KeepAlive(new byte[NurseryPiece]);
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
    }

    /// <summary>Mappings of files that cannot be written to and have no page of their own: the file still has all of them.</summary>
    internal static IEnumerable<(nuint Start, nuint Length)> FindUnchangedMappings(IEnumerable<string> lines)
    {
        (nuint Start, nuint Length)? mapping = null;
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields[0].EndsWith(':'))
            {
                mapping = fields is [_, ['r', '-', ..], _, _, _, ['/', ..], ..] ? Parse(fields[0]) : null;
            }
            else if (fields is ["Anonymous:", "0", ..] && mapping is { } unchanged)
            {
                yield return unchanged;
            }
        }
    }

    private static (nuint Start, nuint Length) Parse(string range)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var start = nuint.Parse(range.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (start, nuint.Parse(range.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) - start);
    }
}
