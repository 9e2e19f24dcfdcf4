using CsCheck;
using Keepalived.Daemon.Notify;

namespace Keepalived.Daemon.Tests.Notify;

public sealed class TrackScriptStateTests
{
    // s: success, f: failure; the expected outcomes as U(p), D(own), ? (unknown).
    [TestCase(1, 1, "Unknown", "s", "U")]
    [TestCase(1, 1, "Unknown", "f", "D")]
    [TestCase(3, 3, "Unknown", "s", "U")]
    [TestCase(3, 3, "Unknown", "f", "D")]
    [TestCase(3, 3, "Unknown", "ffsss", "DDDDU")]
    [TestCase(1, 3, "Unknown", "sffs", "UUUU")]
    [TestCase(1, 3, "Unknown", "sfff", "UUUD")]
    [TestCase(2, 1, "Down", "fss", "DDU")]
    [TestCase(3, 1, "Down", "ssfsss", "DDDDDU")]
    [TestCase(1, 2, "Down", "sfsff", "UUUUD")]
    [TestCase(2, 2, "Up", "s", "U")]
    [TestCase(2, 2, "Up", "f", "D")]
    [TestCase(2, 2, "Up", "sff", "UUD")]
    public void Count_ASequence_FollowsRiseAndFall(int rise, int fall, string start, string runs, string expected)
    {
        var state = new TrackScriptState(rise, fall, Enum.Parse<TrackScriptStart>(start));

        var outcomes = string.Concat(runs.Select(run =>
        {
            state.Count(run == 's');
            return state.Outcome switch { TrackScriptOutcome.Up => 'U', TrackScriptOutcome.Down => 'D', _ => '?' };
        }));

        Assert.That(outcomes, Is.EqualTo(expected));
    }

    [TestCase("Unknown", 2, "Unknown")]
    [TestCase("Down", 0, "Down")]
    [TestCase("Up", 2, "Up")]
    public void Start_Condition_SetsCounterAndOutcome(string start, int result, string outcome)
    {
        var state = new TrackScriptState(3, 2, Enum.Parse<TrackScriptStart>(start));

        Assert.That(state.Result, Is.EqualTo(result));
        Assert.That(state.Outcome.ToString(), Is.EqualTo(outcome));
    }

    [Test]
    public void Count_OnlyAChange_IsReported()
    {
        var state = new TrackScriptState(1, 2, TrackScriptStart.Unknown);

        var changes = new[] { true, true, false, false, false, true }.Select(state.Count);

        Assert.That(changes, Is.EqualTo(new[] { true, false, false, true, false, true }));
    }

    [Test]
    public void Count_AnyRuns_CounterStaysInRange() => Check.Sample(
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Bool.Array[0, 50]),
        (rise, fall, runs) =>
        {
            var state = new TrackScriptState(rise, fall, TrackScriptStart.Unknown);
            foreach (var run in runs)
            {
                state.Count(run);
                if (state.Result < 0 || state.Result > rise + fall - 1
                    || (state.Outcome == TrackScriptOutcome.Up) != (state.Result >= rise))
                    return false;
            }

            return true;
        });
}
