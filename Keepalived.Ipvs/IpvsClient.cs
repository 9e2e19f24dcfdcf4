using Keepalived.Netlink;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <summary>
/// The kernel's IPVS by generic netlink: one method for each command, batches, and lists. The table is that of the network namespace in
/// which the socket was opened. Everything needs CAP_NET_ADMIN. Thread-safe.
/// <para>
/// A command that the kernel refuses is a <see cref="NetlinkException"/> with the error number and what it means here: which scheduler
/// is unknown, which module is missing.
/// </para>
/// </summary>
public sealed partial class IpvsClient : IAsyncDisposable
{
    /// <summary>The name of the generic netlink family (IPVS_GENL_NAME).</summary>
    public const string FamilyName = "IPVS";

    // A batch that is larger gives its memory back.
    private const int MaxSpareCount = 256;

    private readonly GenericNetlinkClient _generic;
    private NetlinkBatch? _spare;

    /// <summary>A client over one of generic netlink, which it owns from now on.</summary>
    public IpvsClient(GenericNetlinkClient generic)
    {
        ArgumentNullException.ThrowIfNull(generic);
        _generic = generic;
    }

    /// <summary>Opens a socket on a loop and a client over it.</summary>
    /// <param name="loop">The loop that the socket lives on.</param>
    /// <param name="socketOptions">The network namespace whose table it is, and the like.</param>
    /// <param name="options">How the connection behaves.</param>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static IpvsClient Open(EventLoop loop, NetlinkSocketOptions? socketOptions = null, NetlinkConnectionOptions? options = null) =>
        new(GenericNetlinkClient.Open(loop, socketOptions, options));

    /// <inheritdoc cref="IpvsOperation.AddService"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddServiceAsync(IpvsService service, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.AddService(service), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.SetService"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task SetServiceAsync(IpvsService service, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.SetService(service), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.DeleteService"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteServiceAsync(IpvsServiceKey key, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.DeleteService(key), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.AddDestination"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task AddDestinationAsync(IpvsServiceKey service, IpvsDestination destination, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.AddDestination(service, destination), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.SetDestination"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task SetDestinationAsync(IpvsServiceKey service, IpvsDestination destination, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.SetDestination(service, destination), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.DeleteDestination"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task DeleteDestinationAsync(
        IpvsServiceKey service, IpvsDestinationKey destination, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.DeleteDestination(service, destination), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.Zero"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task ZeroAsync(IpvsServiceKey key, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.Zero(key), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.ZeroAll"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task ZeroAllAsync(CancellationToken cancellationToken = default) => SendOneAsync(IpvsOperation.ZeroAll(), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.Flush"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => SendOneAsync(IpvsOperation.Flush(), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.StartDaemon"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task StartDaemonAsync(IpvsSyncDaemon daemon, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.StartDaemon(daemon), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.StopDaemon"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task StopDaemonAsync(IpvsSyncRole role, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.StopDaemon(role), cancellationToken);

    /// <inheritdoc cref="IpvsOperation.SetTimeouts"/>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Task SetTimeoutsAsync(IpvsTimeouts timeouts, CancellationToken cancellationToken = default) =>
        SendOneAsync(IpvsOperation.SetTimeouts(timeouts), cancellationToken);

    /// <summary>
    /// Sends operations in as few system calls as possible. The kernel carries them out in order and does not stop at a failure; each has
    /// its own outcome.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel has no IPVS. Refused operations are in the result.</exception>
    public async Task<IpvsBatchResult> SendAsync(IReadOnlyList<IpvsOperation> operations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operations);
        if (operations.Count == 0)
            return new IpvsBatchResult(0, []);
        var family = await GetFamilyAsync(cancellationToken).ConfigureAwait(false);
        var batch = Interlocked.Exchange(ref _spare, null) ?? new NetlinkBatch();
        foreach (var operation in operations)
        {
            GenericNetlinkClient.AddTo(
                batch, family, (byte)operation.Command, "do", operation,
                static (ref NetlinkMessageWriter writer, IpvsOperation operation) => operation.Encode(ref writer));
        }

        var result = await _generic.Connection.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        if (operations.Count <= MaxSpareCount)
        {
            batch.Clear();
            _spare = batch;
        }

        return new IpvsBatchResult(operations.Count, result.Succeeded ? [] : Explain(operations, result));
    }

    /// <summary>Ends the connection. What is outstanding fails with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync() => _generic.DisposeAsync();

    private async Task SendOneAsync(IpvsOperation operation, CancellationToken cancellationToken) =>
        (await SendAsync([operation], cancellationToken).ConfigureAwait(false)).ThrowIfFailed();

    private List<IpvsFailure> Explain(IReadOnlyList<IpvsOperation> operations, NetlinkBatchResult result)
    {
        var failures = new List<IpvsFailure>(result.FailedCount);
        var unmade = new HashSet<IpvsServiceKey>();
        for (var i = 0; i < operations.Count; i++)
        {
            if (result[i] is not { } error)
                continue;
            var operation = operations[i];
            if (operation.Command == IpvsCommand.NewService && !error.IsExists)
                unmade.Add(operation.Key);
            ForgetFamilyAfter(error);
            var isConsequence = error.Errno == Errno.ESRCH && operation.DestinationKey is not null && unmade.Contains(operation.Key);
            failures.Add(new IpvsFailure(i, operation, IpvsError.Explain(operation, error), isConsequence));
        }

        return failures;
    }

    /// <summary>A module that was unloaded took its number along: the next command asks for the new one.</summary>
    private void ForgetFamilyAfter(NetlinkException error)
    {
        if (error.Errno == Errno.ENOENT)
            _generic.Forget(FamilyName);
    }

    private async ValueTask<GenericNetlinkFamily> GetFamilyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _generic.GetFamilyAsync(FamilyName, cancellationToken).ConfigureAwait(false);
        }
        catch (NetlinkException exception) when (exception.Errno == Errno.ENOENT)
        {
            throw IpvsError.MissingFamily(exception);
        }
    }
}
