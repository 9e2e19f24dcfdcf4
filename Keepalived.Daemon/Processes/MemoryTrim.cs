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

    /// <summary>
    /// Collects garbage and lets go of the code and constants of this process, on another thread: an event loop has nothing to tell about it.
    /// </summary>
    /// <param name="keepsCode">For a process that must answer within microseconds: collects only.</param>
    public static void Start(bool keepsCode = false) =>
        ThreadPool.UnsafeQueueUserWorkItem(static keepsCode => Run(keepsCode), keepsCode, preferLocal: false);

    internal static void Run(bool keepsCode = false)
    {
        var mappings = keepsCode ? [] : FindUnchangedMappings(File.ReadLines("/proc/self/smaps")).ToArray();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (var (start, length) in mappings)
            Libc.ForgetPages(start, length);
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
