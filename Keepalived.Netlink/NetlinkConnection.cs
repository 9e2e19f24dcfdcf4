using System.IO.Pipelines;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Netlink;

/// <summary>
/// Requests and answers over a stream of netlink messages: sequence numbers, acknowledgements, batches, dumps, and the errors of the
/// kernel as <see cref="NetlinkException"/>. Any number of requests may be outstanding, from any thread.
/// <para>
/// On an <see cref="EventLoop"/> everything is sent and received on the loop's thread. A request made there goes to the kernel at once,
/// and its answer, which the kernel has ready by then, is read before the call returns: the task is already complete. A request made
/// elsewhere is handed to the loop.
/// </para>
/// </summary>
public sealed partial class NetlinkConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IDuplexPipe _transport;
    private readonly EventLoop? _loop;
    private readonly NetlinkConnectionOptions _options;
    private readonly ILogger _logger;
    private readonly Queue<NetlinkOperation> _unsent = new();
    private readonly Queue<NetlinkOperation> _waitingDumps = new();
    private readonly List<NetlinkOperation> _pending = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetlinkOperation? _dump;
    private Exception? _ended;

    /// <summary>A connection over a transport, such as a <see cref="NetlinkSocket"/>, which it owns from now on.</summary>
    /// <param name="transport">Netlink messages in and out.</param>
    /// <param name="options">How to behave.</param>
    /// <param name="loop">The loop that the transport lives on; null for a transport that may be used from any thread.</param>
    public NetlinkConnection(IDuplexPipe transport, NetlinkConnectionOptions? options = null, EventLoop? loop = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _transport = transport;
        _loop = loop;
        _options = options ?? new NetlinkConnectionOptions();
        _logger = _options.Logger ?? NullLogger.Instance;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxRequestsInFlight, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxDumpAttempts, nameof(options));
        if (_loop is { IsInLoop: false })
            _loop.Schedule(static state => ((NetlinkConnection)state!).StartReading(), this);
        else
            StartReading();
    }

    /// <summary>Completes when the connection is disposed of; fails if its transport failed or a handler of notifications threw.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Opens a netlink socket on a loop and a connection over it.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static NetlinkConnection Open(
        EventLoop loop, NetlinkProtocol protocol, NetlinkSocketOptions? socketOptions = null, NetlinkConnectionOptions? options = null)
    {
        var socket = NetlinkSocket.Open(loop, protocol, socketOptions);
        return new NetlinkConnection(socket, (options ?? new NetlinkConnectionOptions()) with { PortId = socket.PortId }, loop);
    }

    /// <summary>The port id of the socket, which notifications of what it asked for carry; 0 where it is not known.</summary>
    public uint PortId => _options.PortId;

    /// <summary>
    /// Sends a batch and waits for the outcome of every request. A request that the kernel refuses is an error in the result, not an
    /// exception.
    /// </summary>
    /// <param name="batch">The requests. Not to be changed until the task completes.</param>
    /// <param name="cancellationToken">
    /// Stops waiting and sending. What was sent already is carried out. The batch is released when its last answer came: make a new one.
    /// </param>
    /// <exception cref="InvalidOperationException">The batch is being sent already.</exception>
    /// <exception cref="ObjectDisposedException">The connection is, or was while waiting, disposed of.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    public Task<NetlinkBatchResult> SendAsync(NetlinkBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<NetlinkBatchResult>(cancellationToken);
        if (batch.Count == 0)
            return Task.FromResult(new NetlinkBatchResult(0, null));
        batch.Acquire();
        var operation = new NetlinkBatchOperation(batch);
        operation.CancelWith(cancellationToken);
        Submit(operation);
        return operation.Task;
    }

    /// <summary>Sends a batch of a netfilter subsystem that is carried out as a whole or not at all.</summary>
    /// <returns>Why it was not carried out; null if it was.</returns>
    internal Task<NetlinkException?> CommitAsync(
        NetlinkBatch batch, byte subsystem, NetlinkTransactionEcho echo, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<NetlinkException?>(cancellationToken);
        batch.Acquire();
        var operation = new NetlinkTransactionOperation(batch, subsystem, echo);
        operation.CancelWith(cancellationToken);
        Submit(operation);
        return operation.Task;
    }

    /// <summary>
    /// Reads a table (NLM_F_DUMP). It is read again if it changed meanwhile, so that the list is consistent. Dumps of a connection wait
    /// for one another.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="decoder">Makes a value of each message. Called on the reading thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused; or EINTR: the table changed during every attempt.</exception>
    /// <exception cref="ObjectDisposedException">The connection is, or was while waiting, disposed of.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    public Task<IReadOnlyList<T>> DumpAsync<T>(
        NetlinkRequest request, NetlinkMessageDecoder<T> decoder, CancellationToken cancellationToken = default) =>
        QueryAsync(request, decoder, isDump: true, cancellationToken);

    /// <summary>Asks for one object, or whatever the kernel answers with one acknowledgement at the end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decoder">Makes a value of each message. Called on the reading thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="ObjectDisposedException">The connection is, or was while waiting, disposed of.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    public Task<IReadOnlyList<T>> GetAsync<T>(
        NetlinkRequest request, NetlinkMessageDecoder<T> decoder, CancellationToken cancellationToken = default) =>
        QueryAsync(request, decoder, isDump: false, cancellationToken);

    /// <summary>
    /// Ends the connection and closes its transport. What is outstanding fails with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        End(null);
        if (_transport is IDisposable disposable)
            disposable.Dispose();
        if (Interlocked.Exchange(ref _isReading, 1) == 0)
            _completion.TrySetResult();
        await _completion.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<IReadOnlyList<T>> QueryAsync<T>(
        NetlinkRequest request, NetlinkMessageDecoder<T> decoder, bool isDump, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(decoder);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<IReadOnlyList<T>>(cancellationToken);
        var operation = new NetlinkQueryOperation<T>(request, decoder, isDump);
        operation.CancelWith(cancellationToken);
        Submit(operation);
        return operation.Task;
    }

    private void Submit(NetlinkOperation operation)
    {
        lock (_gate)
        {
            if (_ended is null)
            {
                Enqueue(operation);
            }
            else
            {
                operation.Fail(_ended);
                operation.Leave();
                return;
            }
        }

        if (_loop is { IsInLoop: false })
            _loop.Schedule(static state => ((NetlinkConnection)state!).Pump(), this);
        else
            Pump();
    }

    /// <summary>Fails everything outstanding and every later request.</summary>
    /// <param name="failure">Why; null if the connection is disposed of.</param>
    private void End(Exception? failure)
    {
        List<NetlinkOperation> outstanding;
        lock (_gate)
        {
            if (_ended is not null)
                return;
            _ended = failure ?? new ObjectDisposedException(
                nameof(NetlinkConnection), "The netlink connection was disposed of before the kernel answered.");
            outstanding = [.. _pending.Union(_unsent).Union(_waitingDumps)];
            _pending.Clear();
            _unsent.Clear();
            _waitingDumps.Clear();
            _dump = null;
            _inFlight = 0;
        }

        if (failure is not null)
            Log.NetlinkConnectionEnded(_logger, failure);
        foreach (var operation in outstanding)
        {
            operation.Fail(_ended);
            operation.Leave();
        }

        _transport.Input.CancelPendingRead();
    }
}
