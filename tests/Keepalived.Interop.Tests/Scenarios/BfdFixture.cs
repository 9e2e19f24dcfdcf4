using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What the BFD scenarios share.</summary>
internal abstract class BfdFixture : ScenarioFixture
{
    /// <summary>Sessions come up within some seconds; a crowded machine takes longer.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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

    protected static void ExpectState(Lan link, string station, int state) => Expect.Within(
        Patience, () => link.Wire.Bfd(station) is [.., var last] && last.Bfd!.State == state, $"{station} says state {state}");
}
