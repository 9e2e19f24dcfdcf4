namespace Keepalived.Checkers.Misc;

/// <summary>
/// MISC_CHECK: a script ends with status 0. One that does not end in time is a failure and is killed. keepalived's default is no retry, and
/// pauses that count from the start of a run (<see cref="CheckPolicy.FromStart"/>).
/// </summary>
public sealed class MiscChecker : IChecker
{
    private const int DynamicBase = 2; // The status that stands for weight 0.

    private readonly MiscCheckerOptions _options;

    /// <summary>Probes one server.</summary>
    /// <param name="options">The script, and what its status means.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    public MiscChecker(MiscCheckerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public async ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken) =>
        Judge(await _options.Script.RunAsync(_options.Timeout, cancellationToken).ConfigureAwait(false));

    private CheckResult Judge(in ScriptExit exit)
    {
        if (exit.StartError is { } error)
            return CheckResult.LocalError($"the script cannot be started: {error}");
        if (exit.TimedOut)
            return CheckResult.Failure("timed out");
        if (exit.Signal != 0)
            return CheckResult.Failure($"due to signal {exit.Signal}");
        if (exit.Status == 0)
            return CheckResult.Success with { Weight = 0 };
        if (_options.Dynamic && exit.Status >= DynamicBase)
            return CheckResult.Success with { Weight = exit.Status - DynamicBase - _options.Weight };
        return CheckResult.Failure($"exited with status {exit.Status}");
    }
}
