namespace Keepalived.Bfd.Tests.Support;

/// <summary>Fails a test whose virtual time stands still: a machine that is always due, or two that answer each other without end.</summary>
internal struct LivelockGuard
{
    private const int MostTurns = 1000;

    private long _now;
    private int _turns;

    public void Turn(long now)
    {
        _turns = now == _now ? _turns + 1 : 0;
        _now = now;
        if (_turns > MostTurns)
            Assert.Fail($"{MostTurns} turns at {now} ns.");
    }
}
