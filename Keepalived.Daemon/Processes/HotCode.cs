using System.Runtime.CompilerServices;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The code that a daemon runs all day. <c>methods.order</c> lays it between the methods here, so that it is a few hundred kilobytes in
/// one piece rather than a page in every part of the binary: what routers run, then what checks run beyond it. <c>benchmarks/CodeOrder/run</c>
/// finds it out and writes that file.
/// </summary>
internal static unsafe class HotCode
{
    /// <summary>Larger than this it is no longer what the file meant.</summary>
    private const nuint MaximumLength = 4 << 20;

    /// <summary>What a process with virtual routers runs; <c>null</c> when methods are compiled at run time, and lie anywhere.</summary>
    public static (nuint Start, nuint Length)? OfRouters => Until(&RouterEnd);

    /// <summary>What a process with checks runs; <c>null</c> when methods are compiled at run time, and lie anywhere.</summary>
    public static (nuint Start, nuint Length)? OfChecks => Until(&CheckEnd);

    private static (nuint Start, nuint Length)? Until(delegate*<void> last)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            return null;
        var start = (nuint)(delegate*<void>)&Begin;
        var end = (nuint)last;
        return end > start && end - start < MaximumLength ? (start, end - start) : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Begin()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RouterEnd()
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckEnd()
    {
    }
}
