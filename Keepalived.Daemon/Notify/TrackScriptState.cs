namespace Keepalived.Daemon.Notify;

/// <summary>
/// The rise and fall of a track script: one counter from 0 to rise + fall - 1, up at rise and above. It reads no clock and runs nothing;
/// <see cref="TrackScriptRunner"/> feeds it.
/// </summary>
internal sealed class TrackScriptState
{
    private readonly int _rise;
    private readonly int _fall;
    private bool _hasRun;

    /// <param name="rise">Successes in a row that make it up, at least 1.</param>
    /// <param name="fall">Failures in a row that make it down, at least 1.</param>
    /// <param name="start">What it counts as before the first run.</param>
    public TrackScriptState(int rise, int fall, TrackScriptStart start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rise, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fall, 1);
        (_rise, _fall) = (rise, fall);
        (Result, Outcome) = start switch
        {
            TrackScriptStart.Down => (0, TrackScriptOutcome.Down),
            TrackScriptStart.Up => (rise - 1, TrackScriptOutcome.Up),
            _ => (rise - 1, TrackScriptOutcome.Unknown),
        };
        _hasRun = start == TrackScriptStart.Down;
    }

    /// <summary>The counter.</summary>
    public int Result { get; private set; }

    /// <summary>What it says at present.</summary>
    public TrackScriptOutcome Outcome { get; private set; }

    /// <summary>Counts a run. True if <see cref="Outcome"/> changed.</summary>
    public bool Count(bool success)
    {
        var before = Outcome;
        if (success)
            CountSuccess();
        else
            CountFailure();
        _hasRun = true;
        return Outcome != before;
    }

    private void CountSuccess()
    {
        if (Result < _rise - 1)
        {
            Result++;
            return;
        }

        Result = _rise + _fall - 1;
        Outcome = TrackScriptOutcome.Up;
    }

    private void CountFailure()
    {
        if (Result > _rise)
        {
            Result--;
            return;
        }

        if (Result == _rise || !_hasRun)
            Outcome = TrackScriptOutcome.Down;
        Result = 0;
    }
}
