using System.Runtime.CompilerServices;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The code that a daemon runs all day. <c>methods.order</c> lays it between the two methods here, so that it is a few hundred kilobytes in
/// one piece rather than a page in every part of the binary. <c>benchmarks/CodeOrder/run</c> finds it out and writes that file.
/// </summary>
internal static unsafe class HotCode
{
    /// <summary>Larger than this it is no longer what the file meant.</summary>
    private const nuint MaximumLength = 4 << 20;

    /// <summary>Where it lies; <c>null</c> when methods are compiled at run time, and lie anywhere.</summary>
    public static (nuint Start, nuint Length)? Range
    {
        get
        {
            if (RuntimeFeature.IsDynamicCodeSupported)
                return null;
            var start = (nuint)(delegate*<void>)&First;
            var end = (nuint)(delegate*<void>)&Last;
            return end > start && end - start < MaximumLength ? (start, end - start) : null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void First()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Last()
    {
    }
}
