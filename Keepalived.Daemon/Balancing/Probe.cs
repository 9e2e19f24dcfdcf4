using Keepalived.Checkers;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Balancing;

/// <summary>A checker in its rhythm, and the checks of real servers that its results are for: one, or many that share it.</summary>
internal sealed class Probe : IChecker
{
    private readonly IChecker _checker;

    /// <param name="configuration">What the configuration says.</param>
    /// <param name="checker">Makes the probes.</param>
    /// <param name="state">Judges them.</param>
    public Probe(ScheduledCheckConfiguration configuration, IChecker checker, CheckerState state) =>
        (Configuration, _checker, State) = (configuration, checker, state);

    /// <summary>What the configuration says.</summary>
    public ScheduledCheckConfiguration Configuration { get; }

    /// <summary>Judges the probes. It belongs to the scheduler, which may be ahead of what the checks have heard.</summary>
    public CheckerState State { get; }

    /// <summary>The checks that it is made for. Touched on the loop only.</summary>
    public List<ServerCheck> Checks { get; } = [];

    /// <summary>Its place in the scheduler.</summary>
    public ScheduledChecker? Scheduled { get; set; }

    /// <inheritdoc/>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken) => _checker.CheckAsync(cancellationToken);
}
