using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The kernel's IPVS table as it should be. Whoever changes what should be causes the operations that differ and no others; they are sent
/// in order, all that wait in one batch, while the loop goes on. What the kernel refuses is said, and tried again from what is really in the
/// kernel. Used on the loop.
/// </summary>
internal sealed class KernelTable : IDisposable
{
    /// <summary>The first pause before what failed is tried again; each failure doubles it, up to <see cref="MaxRepairDelay"/>.</summary>
    public const long MinRepairDelay = MonotonicClock.Second;

    /// <summary>The longest pause.</summary>
    public const long MaxRepairDelay = 60 * MonotonicClock.Second;

    // What the client sends at once. More would only wait in memory, which ten thousand servers would need megabytes of.
    private const int MaxBatch = 128;

    private readonly IpvsClient _client;
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly LoopTimer _repairTimer;
    private readonly Dictionary<IpvsServiceKey, Entry> _entries = [];
    private readonly HashSet<IpvsServiceKey> _dropped = [];
    private readonly HashSet<IpvsDestinationKey> _wanted = [];
    private readonly HashSet<string> _complaints = new(StringComparer.Ordinal);
    private List<IpvsOperation> _operations = [];
    private List<Action> _actions = [];
    private long _repairDelay = MinRepairDelay;
    private TaskCompletionSource? _idle;
    private bool _isSending;
    private bool _isDisposed;

    /// <param name="client">The kernel; stays the caller's.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of what the kernel refuses.</param>
    public KernelTable(IpvsClient client, EventLoop loop, ILogger logger)
    {
        (_client, _loop, _logger) = (client, loop, logger);
        _repairTimer = loop.CreateTimer(static state => ((KernelTable)state!).RepairInBackground(), this);
    }

    /// <summary>How many operations the kernel was sent, repairs not counted.</summary>
    public long OperationCount { get; private set; }

    /// <summary>The services that should be there.</summary>
    public int ServiceCount => _entries.Count;

    /// <summary>
    /// Takes what the kernel has of some services for what should be there: what is right then, is not touched.
    /// </summary>
    /// <exception cref="NetlinkException">The table cannot be read.</exception>
    public async Task AdoptAsync(IReadOnlySet<IpvsServiceKey> keys)
    {
        if (keys.Count == 0)
            return; // Nothing to be there: a kernel without IPVS will do.
        var present = await _client.GetServicesAsync().ConfigureAwait(true);
        foreach (var entry in present.Where(entry => keys.Contains(entry.Service.Key)))
        {
            var adopted = new Entry(entry.Service);
            var destinations = await _client.GetDestinationsAsync(entry.Service.Key).ConfigureAwait(true);
            adopted.Destinations.EnsureCapacity(destinations.Count);
            foreach (var there in destinations)
                adopted.Destinations[there.Destination.Key] = there.Destination;
            _entries[entry.Service.Key] = adopted;
        }
    }

    /// <summary>What should be there of a service; null if it should not.</summary>
    public IpvsService? FindService(IpvsServiceKey key) => _entries.GetValueOrDefault(key)?.Service;

    /// <summary>What should be there of a destination; null if it should not.</summary>
    public IpvsDestination? FindDestination(IpvsServiceKey service, IpvsDestinationKey key) =>
        _entries.GetValueOrDefault(service)?.Destinations.GetValueOrDefault(key);

    /// <summary>The service should be there like this.</summary>
    /// <exception cref="ArgumentException">The kernel would refuse it.</exception>
    public void SetService(IpvsService service)
    {
        if (_entries.TryGetValue(service.Key, out var entry))
        {
            if (!entry.Service.HasSettingsOf(service))
                Enqueue(IpvsOperation.SetService(service));
            entry.Service = service;
            return;
        }

        Enqueue(IpvsOperation.AddService(service));
        _entries.Add(service.Key, new Entry(service));
        _dropped.Remove(service.Key);
    }

    /// <summary>The service should not be there, nor its destinations.</summary>
    public void RemoveService(IpvsServiceKey key)
    {
        if (!_entries.Remove(key))
            return;
        _dropped.Add(key);
        Enqueue(IpvsOperation.DeleteService(key));
    }

    /// <summary>The destination should be there like this. Nothing happens where its service should not.</summary>
    /// <exception cref="ArgumentException">The kernel would refuse it.</exception>
    public void SetDestination(IpvsServiceKey service, IpvsDestination destination)
    {
        if (!_entries.TryGetValue(service, out var entry))
            return;
        if (!entry.Destinations.TryGetValue(destination.Key, out var there))
            Enqueue(IpvsOperation.AddDestination(service, destination));
        else if (there != destination)
            Enqueue(IpvsOperation.SetDestination(service, destination));
        entry.Destinations[destination.Key] = destination;
    }

    /// <summary>
    /// The service should have these destinations, the first of each key, and no others. What should go, goes last. Nothing happens where
    /// the service should not be there.
    /// </summary>
    /// <exception cref="ArgumentException">The kernel would refuse one.</exception>
    public void SetDestinations(IpvsServiceKey service, IReadOnlyCollection<IpvsDestination> destinations)
    {
        if (!_entries.TryGetValue(service, out var entry))
            return;
        entry.Destinations.EnsureCapacity(destinations.Count);
        _wanted.Clear();
        foreach (var destination in destinations)
        {
            if (_wanted.Add(destination.Key))
                SetDestination(service, destination);
        }

        if (entry.Destinations.Count == _wanted.Count)
            return;
        foreach (var gone in entry.Destinations.Keys.Where(there => !_wanted.Contains(there)).ToList())
            RemoveDestination(service, gone);
    }

    /// <summary>The destination should not be there.</summary>
    public void RemoveDestination(IpvsServiceKey service, IpvsDestinationKey key)
    {
        if (_entries.TryGetValue(service, out var entry) && entry.Destinations.Remove(key))
            Enqueue(IpvsOperation.DeleteDestination(service, key));
    }

    /// <summary>Nothing should be there; whatever others have put there goes, too.</summary>
    public void Flush()
    {
        _entries.Clear();
        _dropped.Clear();
        Enqueue(IpvsOperation.Flush());
    }

    /// <summary>Does something once the kernel has answered all that was asked of it before: at once if nothing is outstanding.</summary>
    public void Then(Action action)
    {
        if (_isSending || _operations.Count > 0)
            _actions.Add(action);
        else
            action();
    }

    /// <summary>Completes when nothing is outstanding.</summary>
    public Task WhenIdle()
    {
        if (!_isSending && _operations.Count == 0)
            return Task.CompletedTask;
        return (_idle ??= new TaskCompletionSource()).Task;
    }

    /// <summary>Compares what should be there with what is, and puts right what is not. Services of others stay.</summary>
    /// <returns>How many operations that took.</returns>
    /// <exception cref="NetlinkException">The table cannot be read.</exception>
    public async Task<int> RepairAsync()
    {
        await WhenIdle().ConfigureAwait(true);
        var dropped = _dropped.ToHashSet();
        var options = new IpvsReconcilerOptions { Plan = new IpvsPlanOptions { Owns = dropped.Contains } };
        var done = await new IpvsReconciler(_client, options).ReconcileAsync(ToTable()).ConfigureAwait(true);
        if (done.Succeeded)
        {
            _dropped.ExceptWith(dropped);
            _complaints.Clear();
            _repairDelay = MinRepairDelay;
        }

        foreach (var failure in done.Failures)
            Complain(failure);
        if (!done.Succeeded)
            RepairLater();
        return done.Applied;
    }

    /// <summary>Sends nothing any more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _repairTimer.Dispose();
        _operations.Clear();
        _actions.Clear();
    }

    private IpvsTable ToTable() => new(_entries.Values.Select(
        static entry => new IpvsTableEntry(entry.Service, [.. entry.Destinations.Values])));

    private void Enqueue(IpvsOperation operation)
    {
        _operations.Add(operation);
        if (_isSending)
            return;
        if (_operations.Count == MaxBatch)
            Send();
        else if (_operations.Count == 1)
            _loop.Schedule(static state => ((KernelTable)state!).Send(), this); // so that what is asked in one turn is one batch
    }

    private async void Send()
    {
        if (_isSending)
            return;
        _isSending = true;
        while ((_operations.Count > 0 || _actions.Count > 0) && !_isDisposed)
        {
            var (operations, actions) = (_operations, _actions);
            (_operations, _actions) = ([], []);
            if (operations.Count > 0)
                await SendAsync(operations).ConfigureAwait(true);
            foreach (var action in actions)
                action();
        }

        _isSending = false;
        var idle = _idle;
        _idle = null;
        idle?.SetResult();
    }

    private async Task SendAsync(List<IpvsOperation> operations)
    {
        OperationCount += operations.Count;
        try
        {
            var result = await _client.SendAsync(operations).ConfigureAwait(true);
            foreach (var failure in result.Failures)
                Complain(failure);
            if (!result.Succeeded)
                RepairLater();
        }
        catch (NetlinkException e)
        {
            Complain(e.Message);
            RepairLater();
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // The end overtook what was outstanding.
        }
    }

    private void Complain(IpvsFailure failure)
    {
        // Deleting what is not there is what was wanted; the rest of the failures of a service that could not be made say nothing new.
        var isAsWanted = failure.Operation.Command is IpvsCommand.DeleteService or IpvsCommand.DeleteDestination
            && failure.Error.Errno is Errno.ENOENT or Errno.ESRCH;
        if (!failure.IsConsequence && !isAsWanted)
            Complain(failure.Error.Message);
    }

    private void Complain(string problem)
    {
        if (_complaints.Add(problem))
            Log.KernelTableRefused(_logger, problem);
    }

    private void RepairLater()
    {
        if (_isDisposed || _repairTimer.IsArmed)
            return;
        _repairTimer.Arm(_loop.Now + _repairDelay);
        _repairDelay = Math.Min(2 * _repairDelay, MaxRepairDelay);
    }

    private async void RepairInBackground()
    {
        try
        {
            if (await RepairAsync().ConfigureAwait(true) is > 0 and var count)
                Log.KernelTableRepaired(_logger, count);
        }
        catch (NetlinkException e)
        {
            Complain(e.Message);
            RepairLater();
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            // The end overtook the repair.
        }
    }

    private sealed class Entry(IpvsService service)
    {
        public IpvsService Service { get; set; } = service;

        public Dictionary<IpvsDestinationKey, IpvsDestination> Destinations { get; } = [];
    }
}
