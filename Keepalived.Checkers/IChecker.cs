namespace Keepalived.Checkers;

/// <summary>
/// One way of finding out whether a server is well. A checker makes one probe when it is asked to and keeps no schedule: when to ask, and
/// what the answer means for the server, is decided elsewhere (<see cref="CheckScheduler"/>, <see cref="CheckerState"/>).
/// </summary>
public interface IChecker
{
    /// <summary>
    /// Probes the server once. A bad server is a <see cref="CheckResult"/> with a reason, never an exception. Does not block the calling
    /// thread; never called again before the probe it made has ended.
    /// </summary>
    /// <param name="cancellationToken">Gives the probe up.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken);
}
