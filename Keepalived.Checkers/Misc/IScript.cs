namespace Keepalived.Checkers.Misc;

/// <summary>A command that can be run again and again, as whoever it is to be run.</summary>
public interface IScript
{
    /// <summary>
    /// Runs it once. One that does not end in time is ended together with everything that it started, before this completes.
    /// </summary>
    /// <param name="timeout">How long it may take; above zero.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How it ended, or that it could not be started.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<ScriptExit> RunAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
