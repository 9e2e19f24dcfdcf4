using System.Collections.Concurrent;
using System.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Daemon.Trackers;
using Keepalived.Vrrp.Tracking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>Real processes: told by the kernel, or, without the right to listen, found in /proc.</summary>
public sealed class TrackProcessesTests
{
    [Test]
    public void AProcess_ComesAndGoes_BothAreReported()
    {
        // No other process sleeps for as many seconds.
        var seconds = $"86{Environment.ProcessId}";
        var told = new ConcurrentQueue<TrackedState>();
        using var harness = new LoopHarness();
        var tracked = harness.Call(() =>
        {
            var processes = new TrackProcesses(harness.Loop, NullLogger.Instance, (_, state) => told.Enqueue(state));
            processes.Use(
            [
                new TrackProcessConfiguration
                {
                    Name = "p", Command = "sleep", FullCommand = true, Match = ParameterMatch.Exact,
                    Parameters = EquatableArray.From([seconds]),
                },
            ]);
            return processes;
        });
        Assert.That(told, Is.EqualTo(new[] { TrackedState.Down }));
        using var process = Process.Start("sleep", seconds);
        try
        {
            Expect(told, TrackedState.Up);
        }
        finally
        {
            process.Kill();
        }

        Expect(told, TrackedState.Down);
        harness.Call(() =>
        {
            tracked.Dispose();
            return 0;
        });
        process.WaitForExit();
    }

    private static void Expect(ConcurrentQueue<TrackedState> told, TrackedState state)
    {
        var watch = Stopwatch.StartNew();
        while (told.Last() != state)
        {
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(10), $"the quorum is {state}");
            Thread.Sleep(5);
        }
    }
}
