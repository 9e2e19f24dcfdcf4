using Keepalived.Netlink;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Ipvs;

/// <summary>
/// Brings the kernel's table to what it should be: reads it, plans (<see cref="IpvsPlan"/>), sends the plan in one pipelined batch. At
/// start it adopts what an earlier run left, on reload it changes what differs, and at any time it repairs what somebody else changed. One
/// operation that the kernel refuses leaves the others as they are. Not to be called again before it is done.
/// </summary>
public sealed class IpvsReconciler
{
    private readonly IpvsClient _client;
    private readonly IpvsReconcilerOptions _options;
    private readonly ILogger _logger;

    /// <summary>A reconciler over a client, which stays the caller's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The options allow no attempt.</exception>
    public IpvsReconciler(IpvsClient client, IpvsReconcilerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new IpvsReconcilerOptions();
        _logger = _options.Logger ?? NullLogger.Instance;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxAttempts, nameof(options));
    }

    /// <summary>
    /// Makes the kernel's table the desired one. Where an answer was lost, or the table was changed by somebody else between reading and
    /// writing, it is read again.
    /// </summary>
    /// <returns>What was done, and what the kernel refused.</returns>
    /// <exception cref="NetlinkException">The table could not be read: no IPVS, no permission.</exception>
    public Task<IpvsReconciliation> ReconcileAsync(IpvsTable desired, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desired);
        return ReconcileAsync(desired, known: null, cancellationToken);
    }

    /// <summary>
    /// Makes the kernel's table the desired one from what it was made before, without reading it first: for a large table of which little
    /// changes. It is read only if the kernel refuses what cannot be refused if nobody else changed the table; what others changed elsewhere
    /// is not seen. While destinations drain it is read all the same, for their connections.
    /// </summary>
    /// <param name="previous">What an earlier call made it, with success.</param>
    /// <param name="desired">What should be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was done, and what the kernel refused.</returns>
    /// <exception cref="NetlinkException">The table had to be read and could not be: no IPVS, no permission.</exception>
    public Task<IpvsReconciliation> ReconcileFromAsync(
        IpvsTable previous, IpvsTable desired, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(desired);
        var known = _options.Plan.Removal == IpvsRemoval.Drain ? null : previous.ToEntries();
        return ReconcileAsync(desired, known, cancellationToken);
    }

    private async Task<IpvsReconciliation> ReconcileAsync(
        IpvsTable desired, IReadOnlyList<IpvsServiceEntry>? known, CancellationToken cancellationToken)
    {
        var applied = 0;
        for (var attempt = 1; ; attempt++)
        {
            var actual = known ?? await _client.GetTableAsync(cancellationToken).ConfigureAwait(false);
            known = null;
            var plan = IpvsPlan.Create(desired, actual, _options.Plan);
            var result = await _client.SendAsync(plan.Operations, cancellationToken).ConfigureAwait(false);
            applied += result.Count - result.Failures.Count;
            if (attempt < _options.MaxAttempts && result.Failures.Any(IsWorthAnother))
            {
                Log.TableChangedMeanwhile(_logger, result.Failures.Count, attempt);
                continue;
            }

            foreach (var failure in result.Failures.Where(static failure => !failure.IsConsequence))
                Log.OperationFailed(_logger, failure.Error.Message);
            Log.Reconciled(_logger, applied, result.Failures.Count, plan.DrainingCount, desired.Entries.Count);
            return new IpvsReconciliation
            {
                Applied = applied,
                Attempts = attempt,
                Failures = result.Failures,
                DrainingCount = plan.DrainingCount,
            };
        }
    }

    /// <summary>Whether the plan was made from a table that had changed, or it is not known whether this was carried out.</summary>
    private static bool IsWorthAnother(IpvsFailure failure) => !failure.IsConsequence && failure.Operation.Command switch
    {
        _ when failure.Error.IsOutcomeUnknown => true,
        IpvsCommand.NewService => failure.Error.IsExists,
        IpvsCommand.SetService => failure.Error.Errno == Errno.ESRCH,
        IpvsCommand.NewDestination => failure.Error.Errno is Errno.EEXIST or Errno.ESRCH,
        _ => failure.Error.Errno is Errno.ENOENT or Errno.ESRCH,
    };
}
