using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Wire;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing.Marks;

/// <summary>
/// The marks in the packet filter: what is wanted, and what of it the kernel has. What somebody else deletes is put back. Used on the loop.
/// </summary>
internal sealed class MarkTable : IAsyncDisposable
{
    private const long RepairInterval = MonotonicClock.Second;

    private readonly Func<NetlinkConnectionOptions, NftablesClient> _open;
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly LoopTimer _repair;
    private readonly HashSet<MarkRange> _present = [];
    private IReadOnlyList<MarkRange> _wanted = [];
    private NftablesClient? _client;
    private MarkLayout? _layout;
    private long _nextRepair;
    private bool _isDisposed;

    /// <param name="open">Opens the packet filter; what it opens is disposed of here.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of what the kernel refuses.</param>
    public MarkTable(Func<NetlinkConnectionOptions, NftablesClient> open, EventLoop loop, ILogger logger)
    {
        (_open, _loop, _logger) = (open, loop, logger);
        _repair = loop.CreateTimer(static state => ((MarkTable)state!).Repair(), this);
    }

    /// <summary>What a run before left in the kernel; nothing, said, if that cannot be found out.</summary>
    public async Task<IReadOnlyCollection<MarkRange>> ReadAsync(MarkLayout layout)
    {
        try
        {
            return await layout.ReadAsync(Client()).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or SystemCallException)
        {
            Log.MarksRefused(_logger, e.Message);
            return [];
        }
    }

    /// <summary>
    /// Has these marks, and for now those of before that are in nobody's way: <see cref="TrimAsync"/> removes them when nothing needs them.
    /// </summary>
    /// <param name="layout">How they look; null for none at all.</param>
    /// <param name="ranges">What is wanted.</param>
    /// <returns>Whether the kernel has them; if not, that was said, and it has none.</returns>
    public async Task<bool> UseAsync(MarkLayout? layout, IReadOnlyList<MarkRange> ranges)
    {
        if (layout is null || ranges.Count == 0)
        {
            await RemoveAsync().ConfigureAwait(true);
            return true;
        }

        var isSame = _layout == layout;
        _wanted = ranges;
        _layout = layout;
        if ((isSame && await AddAsync().ConfigureAwait(true)) || await RebuildAsync().ConfigureAwait(true))
            return true;
        _layout = null;
        return false;
    }

    /// <summary>Removes what is not wanted any more.</summary>
    public async Task TrimAsync()
    {
        var gone = _present.Except(_wanted).ToList();
        if (_layout is not { } layout || gone.Count == 0)
            return;
        var transaction = new NftTransaction();
        layout.Delete(transaction, gone);
        if (await CommitAsync(transaction).ConfigureAwait(true) is null)
            _present.ExceptWith(gone);
        else if (!await RebuildAsync().ConfigureAwait(true))
            Damaged();
    }

    /// <summary>Deletes the tables.</summary>
    public async Task RemoveAsync()
    {
        _repair.Cancel();
        if (_layout is not { } layout)
            return;
        _layout = null;
        _wanted = [];
        _present.Clear();
        var transaction = new NftTransaction();
        foreach (var family in MarkLayout.Families)
            layout.Remove(transaction, family);
        if (await CommitAsync(transaction).ConfigureAwait(true) is { } problem)
            Log.MarksRefused(_logger, problem);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _repair.Dispose();
        return _client?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private NftablesClient Client() => _client ??= _open(
        new NetlinkConnectionOptions { OnNotification = OnChange, OnDataLost = _ => Damaged(), Logger = _logger });

    /// <summary>Adds what is missing, in place of what is in its way. False if that does not do.</summary>
    private async Task<bool> AddAsync()
    {
        var missing = _wanted.Where(range => !_present.Contains(range)).ToList();
        var maps = _present.Select(static range => (range.Family, range.Protocol)).ToHashSet();
        if (_present.Count == 0 || missing.Exists(range => !maps.Contains((range.Family, range.Protocol))))
            return false;
        if (missing.Count == 0)
            return true;
        var inTheWay = _present.Except(_wanted).Where(old => missing.Exists(range => range.Overlaps(old))).ToList();
        var transaction = new NftTransaction();
        _layout!.Delete(transaction, inTheWay);
        _layout.Add(transaction, missing);
        if (await CommitAsync(transaction).ConfigureAwait(true) is not null)
            return false;
        _present.ExceptWith(inTheWay);
        _present.UnionWith(missing);
        return true;
    }

    /// <summary>Makes the tables anew, in one step for whatever packet comes.</summary>
    private async Task<bool> RebuildAsync()
    {
        var (layout, wanted) = (_layout!, _wanted);
        var transaction = new NftTransaction();
        foreach (var family in MarkLayout.Families)
            layout.Rebuild(transaction, family, wanted);
        _present.Clear();
        if (await CommitAsync(transaction).ConfigureAwait(true) is { } problem)
        {
            Log.MarksRefused(_logger, problem);
            return false;
        }

        _present.UnionWith(wanted);
        return true;
    }

    /// <returns>What went wrong; null if nothing did.</returns>
    private async Task<string?> CommitAsync(NftTransaction transaction)
    {
        try
        {
            await Client().CommitAsync(transaction).ConfigureAwait(true);
            return null;
        }
        catch (Exception e) when (e is IOException or SystemCallException || (e is ObjectDisposedException && _isDisposed))
        {
            return e.Message;
        }
    }

    /// <summary>A change that was made, by others or by us.</summary>
    private void OnChange(in NetlinkMessage message)
    {
        if (_layout is { } layout && message.Header.PortId != _client!.Connection.PortId && NftRemoval.Concerns(message, layout.Table))
            Damaged();
    }

    private void Damaged()
    {
        if (_layout is not null && !_repair.IsArmed)
            _repair.Arm(Math.Max(_loop.Now, _nextRepair));
    }

    // Nobody awaits it: an exception that nobody expects goes to the loop, which does not hide it.
    private async void Repair()
    {
        if (_layout is not { } layout)
            return;
        _nextRepair = _loop.Now + RepairInterval;
        Log.MarksRepaired(_logger, layout.Table);
        if (!await RebuildAsync().ConfigureAwait(true))
            Damaged();
    }
}
