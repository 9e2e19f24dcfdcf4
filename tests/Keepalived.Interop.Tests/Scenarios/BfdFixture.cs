using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What the BFD scenarios share.</summary>
internal abstract class BfdFixture : ScenarioFixture
{
    /// <summary>Sessions come up within some seconds; a crowded machine takes longer.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int User1 = 10;

    /// <summary>What the BFD process of a router says of itself.</summary>
    protected static string Dump(Router router) => router.Dump(User1, "keepalived_bfd.data");

    protected static VrrpInstance Instance(int priority) => new() { Interval = 0.2, Priority = priority };

    protected static VrrpInstance Tracking(int priority) => Instance(priority) with { Lines = ["track_bfd {", "    peer", "}"] };

    protected static int Faults(Router router) =>
        router.Log.Count(static line => line.Contains("Entering FAULT STATE", StringComparison.Ordinal));

    protected static BfdInstance To(string station) => new() { Neighbor = Lan.Address(station) };

    /// <summary>Each of the stations says that it is up, and goes on saying so.</summary>
    protected static void ExpectUp(Lan link, params string[] stations)
    {
        foreach (var station in stations)
        {
            var since = link.Wire.Bfd(station).LastOrDefault(static frame => frame.Bfd!.State != BfdControl.Up)?.Time ?? 0;
            Expect.Within(
                Patience, () => link.Wire.Bfd(station, since) is [.., { Bfd.State: BfdControl.Up }], $"the session of {station} comes up");
        }
    }

    /// <summary>
    /// Up, and at the fast rate, which was agreed on by polls. The original takes one of its own as answered when it answers ours.
    /// </summary>
    protected static void ExpectSettled(Lan link, params string[] stations)
    {
        ExpectUp(link, stations);
        foreach (var station in stations)
        {
            Expect.Within(
                Patience,
                () => link.Wire.Bfd(station).TakeLast(3).Count(static frame => frame.Bfd is { Poll: false, Final: false, DesiredMinTx: 100_000 }) == 3,
                $"the polls of {station} are over");
        }
    }

    protected static void ExpectState(Lan link, string station, int state) => Expect.Within(
        Patience, () => link.Wire.Bfd(station) is [.., var last] && last.Bfd!.State == state, $"{station} says state {state}");
}
