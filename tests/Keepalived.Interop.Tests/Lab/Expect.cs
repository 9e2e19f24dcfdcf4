using System.Diagnostics;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>Waits for a fact instead of sleeping and hoping.</summary>
internal static class Expect
{
    private const int PollMilliseconds = 25;

    /// <summary>Polls until <paramref name="fact"/> holds; fails the test if it does not within the time.</summary>
    public static void Within(TimeSpan time, Func<bool> fact, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!fact())
        {
            if (watch.Elapsed > time)
                Assert.Fail($"{what}: not within {time.TotalSeconds:0.##} s");
            Thread.Sleep(PollMilliseconds);
        }
    }

    /// <summary>Watches for the whole time that <paramref name="fact"/> stays true.</summary>
    public static void Throughout(TimeSpan time, Func<bool> fact, string what)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            if (!fact())
                Assert.Fail($"{what}: no longer after {watch.Elapsed.TotalSeconds:0.##} s");
            Thread.Sleep(PollMilliseconds);
        }
    }

    /// <summary>A measured time against the protocol's own: never early, and late by no more than the slack.</summary>
    public static void Duration(TimeSpan measured, double protocolMilliseconds, double slackMilliseconds, string what) =>
        Assert.That(measured.TotalMilliseconds,
            Is.InRange(protocolMilliseconds - 15, protocolMilliseconds + slackMilliseconds), $"{what} (ms)");
}
