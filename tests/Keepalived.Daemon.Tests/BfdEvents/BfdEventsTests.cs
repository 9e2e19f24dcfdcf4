using System.Runtime.InteropServices;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Tests.BfdEvents;

/// <summary>Events from the BFD process to its clients: order, bounds, and the death of either side.</summary>
public sealed class BfdEventsTests
{
    private const long Short = 50 * MonotonicClock.Millisecond;

    [Test]
    public void Subscribe_PresentStatesComeFirst()
    {
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        events.Report("a", BfdClientState.Up);

        events.StartClient("a", "b");

        events.ExpectReports(("a", true), ("b", false));
    }

    [Test]
    public void Subscribe_BeforeThereIsABfdProcess_Waits()
    {
        using var events = new EventsHarness();
        events.StartClient(["a"], MonotonicClock.Never / 2, MonotonicClock.Second);
        Assert.That(events.Reports, Is.Empty, "nothing is known");

        events.StartBfd("a");
        events.Report("a", BfdClientState.Up);

        events.ExpectReports(("a", false), ("a", true));
    }

    [Test]
    public void Report_ToOneRole_IsHiddenFromTheOther()
    {
        using var events = new EventsHarness();
        events.StartBfd("a");
        events.Report("a", BfdClientState.Up);
        events.StartClient("a");
        events.ExpectReports(("a", true));

        events.Do(() => events.Publisher!.Report(DaemonRole.Checker, "a", BfdClientState.Down, time: 1));
        events.Do(() => events.Publisher!.Report(DaemonRole.Checker, "a", BfdClientState.Up, time: 2));
        events.Do(() => events.Publisher!.Report(DaemonRole.Vrrp, "a", BfdClientState.Down, time: 3));

        events.ExpectReports(("a", true), ("a", false));
    }

    [Test]
    public void Report_Unknown_HoldsForAWhileAndThenIsDown()
    {
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        events.Report("a", BfdClientState.Up);
        events.Report("b", BfdClientState.Up);
        events.StartClient(["a", "b"], MonotonicClock.Second, Short);
        events.ExpectReports(("a", true), ("b", true));

        events.Report("a", BfdClientState.Unknown);
        events.Report("b", BfdClientState.Unknown);
        events.Report("b", BfdClientState.Up);

        events.ExpectReports(("a", true), ("b", true), ("a", false));
    }

    [Test]
    public void Report_ChangesInOrder_ArriveInOrder()
    {
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        events.StartClient("a", "b");
        events.ExpectReports(("a", false), ("b", false));

        events.Do(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var state = i % 2 == 0 ? BfdClientState.Up : BfdClientState.Down;
                events.Publisher!.Report("a", state, i);
                events.Publisher.Report("b", state, i);
                events.Publisher.Report("b", state, i); // no change, no event
            }
        });

        var expected = new List<(string, bool)> { ("a", false), ("b", false) };
        for (var i = 0; i < 100; i++)
            expected.AddRange([("a", i % 2 == 0), ("b", i % 2 == 0)]);
        events.ExpectReports([.. expected]);
    }

    [Test]
    public void Report_NobodyReads_IsBoundedAndEndsWithThePresentStates()
    {
        const int changes = 50_000;
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        using var connection = BfdRendezvous.TryConnect(events.Clients, DaemonRole.Vrrp, out _)!;
        events.Until(() => events.Log.Text.Contains("asks for BFD events", StringComparison.Ordinal), "the client is there");
        events.Do(() =>
        {
            for (var i = 0; i <= changes; i++)
                events.Publisher!.Report("a", i % 2 == 0 ? BfdClientState.Up : BfdClientState.Down, i);
            events.Publisher!.Report("b", BfdClientState.Up, changes);
        });

        var read = ReadAll(connection, until: messages => messages.Count(static m => m.Kind == BfdMessageKind.SnapshotEnd) == 2);

        var last = read.FindLastIndex(static message => message.Kind == BfdMessageKind.SnapshotBegin);
        Assert.That(read, Has.Count.LessThan(changes / 2), "most were never kept");
        Assert.That(read[last].Missed, Is.GreaterThan(changes / 2));
        Assert.That(
            read.Skip(last + 1).Select(static m => (m.Kind, m.Name, m.State)),
            Is.EqualTo(new[]
            {
                (BfdMessageKind.State, "a", BfdClientState.Up), (BfdMessageKind.State, "b", BfdClientState.Up),
                (BfdMessageKind.SnapshotEnd, "", BfdClientState.Unknown),
            }));

        events.Report("a", BfdClientState.Down);
        Assert.That(ReadAll(connection, static messages => messages.Count == 1)[0].State, Is.EqualTo(BfdClientState.Down), "and it goes on");
    }

    [Test]
    public void Bfd_Restarted_WhatItSaidHoldsUntilItSaysBetter()
    {
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        events.Report("a", BfdClientState.Up);
        events.Report("b", BfdClientState.Up);
        events.StartClient("a", "b");
        events.ExpectReports(("a", true), ("b", true));

        events.KillBfd();
        events.StartBfd("a", "b");
        events.Report("a", BfdClientState.Up);
        events.Report("b", BfdClientState.Down);

        events.ExpectReports(("a", true), ("b", true), ("b", false));
    }

    [Test]
    public void Bfd_RestartedAndNotUpInTime_IsDown()
    {
        using var events = new EventsHarness();
        events.StartBfd("a", "b");
        events.Report("a", BfdClientState.Up);
        events.Report("b", BfdClientState.Up);
        events.StartClient(["a", "b"], MonotonicClock.Second, Short);
        events.ExpectReports(("a", true), ("b", true));

        events.KillBfd();
        events.StartBfd("a", "b");

        events.Until(() => events.Reports.Length == 4, "both are given up");
        Assert.That(events.Reports[2..], Is.EquivalentTo(new[] { ("a", false), ("b", false) }));
    }

    [Test]
    public void Bfd_NeverStarted_CountsAsDown()
    {
        using var events = new EventsHarness();

        events.StartClient(["a"], Short, Short);

        events.ExpectReports(("a", false));
        Assert.That(events.Log.Text, Does.Contain("says nothing: BFD session a counts as down"));
    }

    [Test]
    public void Client_Restarted_LearnsThePresentStates()
    {
        using var events = new EventsHarness();
        events.StartBfd("a");
        events.StartClient("a");
        events.ExpectReports(("a", false));
        events.KillClient();
        events.Report("a", BfdClientState.Up);

        events.StartClient("a");

        events.ExpectReports(("a", false), ("a", true));
        events.Until(() => events.Log.Text.Contains("takes no more BFD events", StringComparison.Ordinal), "the first is forgotten");
    }

    [Test]
    public void Client_NameThatBfdDoesNotKnow_IsReportedAndDown()
    {
        using var events = new EventsHarness();
        events.StartBfd(new BfdPublication("a", RoleSet.Vrrp), new BfdPublication("b", RoleSet.Checker));
        events.Report("b", BfdClientState.Up);

        events.StartClient(["a", "b", "c"], Short, Short);

        events.Until(() => events.Reports.Length == 3, "all are reported");
        Assert.That(events.Reports, Is.EquivalentTo(new[] { ("a", false), ("b", false), ("c", false) }));
        Assert.That(events.Log.Text, Does.Contain("knows no session b").And.Contain("knows no session c"));
        Assert.That(events.Log.Text, Does.Not.Contain("knows no session a"));
    }

    [Test]
    public void Reload_OfBfdFirst_KeepsStatesAndTellsOfNewSessions()
    {
        using var events = new EventsHarness();
        events.StartBfd("a");
        events.Report("a", BfdClientState.Up);
        events.StartClient("a");
        events.ExpectReports(("a", true));

        events.Do(() => events.Publisher!.Use([new BfdPublication("a", RoleSet.Vrrp), new BfdPublication("b", RoleSet.Vrrp)]));
        events.Report("b", BfdClientState.Up);
        events.Do(() => events.Watcher!.Use(["a", "b"]));

        events.Until(() => events.Reports.Contains(("b", true)), "the new session is up");
        Assert.That(events.Reports, Has.None.EqualTo(("a", false)));
    }

    [Test]
    public void Reload_OfTheClientFirst_WaitsForBfd()
    {
        using var events = new EventsHarness();
        events.StartBfd("a");
        events.Report("a", BfdClientState.Up);
        events.StartClient("a");
        events.ExpectReports(("a", true));

        events.Do(() => events.Watcher!.Use(["b"]));
        events.Do(() => events.Publisher!.Use([new BfdPublication("b", RoleSet.Vrrp)]));

        events.ExpectReports(("a", true), ("b", false));
        Assert.That(events.Log.Text, Does.Not.Contain("knows no session"));
    }

    [Test]
    public void Reload_SessionRemovedThatIsStillTracked_IsReportedAndDown()
    {
        using var events = new EventsHarness();
        events.StartBfd("a");
        events.Report("a", BfdClientState.Up);
        events.StartClient(["a"], Short, Short);
        events.ExpectReports(("a", true));

        events.Do(() => events.Publisher!.Use([]));

        events.ExpectReports(("a", true), ("a", false));
        Assert.That(events.Log.Text, Does.Contain("knows no session a"));
    }

    private static List<BfdMessage> ReadAll(SafeHandle connection, Func<List<BfdMessage>, bool> until)
    {
        var read = new List<BfdMessage>();
        var bytes = new byte[BfdMessage.MaximumLength];
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!until(read))
        {
            Assert.That(DateTime.UtcNow, Is.LessThan(deadline), $"{read.Count} messages only");
            var length = (int)Libc.Receive(connection, bytes);
            if (length < 0)
            {
                Assert.That(Marshal.GetLastPInvokeError(), Is.EqualTo(Daemon.Interop.Errno.TryAgain));
                Thread.Sleep(1);
                continue;
            }

            Assert.That(BfdMessage.TryRead(bytes.AsSpan(0, length), out var message), Is.True);
            read.Add(message);
        }

        return read;
    }
}
