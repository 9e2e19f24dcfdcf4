using Keepalived.Checkers;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// A checker in its rhythm, and the checks of real servers that its results are for: one, or many that share it. There are as many as real
/// servers: one that is not shared has no list.
/// </summary>
internal sealed class Probe : IChecker
{
    private readonly IChecker _checker;
    private List<ServerCheck>? _others;

    /// <param name="configuration">What the configuration says.</param>
    /// <param name="checker">Makes the probes.</param>
    /// <param name="state">Judges them.</param>
    public Probe(ScheduledCheckConfiguration configuration, IChecker checker, CheckerState state) =>
        (Configuration, _checker, State) = (configuration, checker, state);

    /// <summary>What the configuration says.</summary>
    public ScheduledCheckConfiguration Configuration { get; }

    /// <summary>Judges the probes. It belongs to the scheduler, which may be ahead of what the checks have heard.</summary>
    public CheckerState State { get; }

    /// <summary>The first of the checks that it is made for; null if there is none. Like the others, touched on the loop only.</summary>
    public ServerCheck? FirstCheck { get; private set; }

    /// <summary>The checks that it is made for, as they are now.</summary>
    public ServerCheck[] Checks => FirstCheck is { } first ? [first, .. _others ?? []] : [];

    /// <summary>Its place in the scheduler.</summary>
    public ScheduledChecker? Scheduled { get; set; }

    /// <summary>It is made for one more.</summary>
    public void Add(ServerCheck check)
    {
        if (FirstCheck is null)
            FirstCheck = check;
        else
            (_others ??= []).Add(check);
    }

    /// <summary>It is made for one less.</summary>
    public void Remove(ServerCheck check)
    {
        if (FirstCheck != check)
        {
            _others?.Remove(check);
            return;
        }

        FirstCheck = _others?.LastOrDefault();
        if (FirstCheck is not null)
            _others!.RemoveAt(_others.Count - 1);
    }

    /// <inheritdoc/>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken) => _checker.CheckAsync(cancellationToken);
}
