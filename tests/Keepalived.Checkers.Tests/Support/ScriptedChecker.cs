namespace Keepalived.Checkers.Tests.Support;

/// <summary>Gives the answers it was told to give, when told, or at once.</summary>
internal sealed class ScriptedChecker(Func<CancellationToken, ValueTask<CheckResult>> probe) : IChecker
{
    private int _running;

    public int Probes { get; private set; }

    public int MostAtATime { get; private set; }

    public static ScriptedChecker Always(CheckResult result) => new(_ => ValueTask.FromResult(result));

    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        Probes++;
        MostAtATime = Math.Max(MostAtATime, Interlocked.Increment(ref _running));
        try
        {
            return await probe(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
