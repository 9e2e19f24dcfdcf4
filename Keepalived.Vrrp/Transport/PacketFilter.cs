using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Firewall;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// What of the packet filter is wanted, by whom, and what of it the kernel has. Changes of one turn of the loop go together: first, before
/// any address is set, what is to be dropped; last, after all addresses are gone, what is not any more. What somebody else deletes is put
/// back. Lives on the loop.
/// </summary>
internal sealed class PacketFilter : IAsyncDisposable
{
    private static readonly TimeSpan RepairInterval = TimeSpan.FromSeconds(1);

    private readonly TransportContext _context;
    private readonly VrrpFirewallOptions _options;
    private readonly Dictionary<object, HashSet<FilterElement>> _holders = [];
    private readonly Dictionary<FilterElement, int> _wanted = [];
    private readonly HashSet<FilterElement> _set = [];
    private readonly FilterTable[] _tables;
    private readonly LoopTimer _repair;
    private NftablesClient? _client;
    private bool _isAdding;
    private bool _isDeleting;
    private bool _isDamaged;
    private long _nextRepair;

    public PacketFilter(TransportContext context, VrrpFirewallOptions options)
    {
        (_context, _options) = (context, options);
        _tables = [new FilterTable(NftFamily.IPv4, options), new FilterTable(NftFamily.IPv6, options)];
        _repair = context.Loop.CreateTimer(static state => ((PacketFilter)state!).Repair(), this);
    }

    /// <summary>
    /// Whether the kernel can send the group reports of virtual MAC interfaces by the interface below: else whoever needs them has to join
    /// the group there as well.
    /// </summary>
    public bool CopiesReports => _tables[0].CopiesReports;

    private ILogger Logger => _context.Logger;

    /// <summary>Removes the tables that an earlier run left, if there are any.</summary>
    public async Task ClearLeftoversAsync()
    {
        try
        {
            var leftovers = (await Client().GetTablesAsync().ConfigureAwait(true)).Where(table => table.Name == _options.Table)
                .Where(table => table.Family is NftFamily.IPv4 or NftFamily.IPv6).ToList();
            var transaction = new NftTransaction();
            foreach (var table in leftovers)
            {
                Logger.RemovingLeftoverFilter(table);
                transaction.RemoveTable(table.Family, table.Name);
            }

            await Client().CommitAsync(transaction).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or SystemCallException)
        {
            // A kernel without nf_tables has none, and matters only to who needs it.
            Logger.NoPacketFilter(e.Message);
        }
    }

    /// <summary>
    /// Makes the sets that these would lie in, empty, so that whoever wants them later only adds to them: to make tables takes longer, and
    /// that is when an address is to move. What the kernel refuses is asked for again, and complained of, when it is needed.
    /// </summary>
    public async Task PrepareAsync(IEnumerable<FilterElement> foreseen)
    {
        var transaction = new NftTransaction();
        foreach (var family in foreseen.GroupBy(static element => element.Family))
        {
            var table = _tables.First(table => table.Family == family.Key);
            FilterSet[] sets = [.. family.Select(static element => element.Set).Distinct()];
            if (!table.Sets.IsSupersetOf(sets))
                table.Rebuild(transaction, [.. _set.Where(element => element.Family == family.Key)], sets);
        }

        if (transaction.Count == 0)
            return;
        try
        {
            await Client().CommitAsync(transaction).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or SystemCallException)
        {
            Logger.NoPacketFilter(e.Message);
            foreach (var table in _tables.Where(table => !_set.Any(element => element.Family == table.Family)))
                table.Forget();
        }
        catch (ObjectDisposedException)
        {
            // The engine ended meanwhile.
        }
    }

    /// <summary>What somebody wants to be in the sets from now on, in place of what he wanted before.</summary>
    public void Hold(object holder, IReadOnlyCollection<FilterElement> elements)
    {
        var before = _holders.GetValueOrDefault(holder);
        if (elements.Count == 0)
        {
            if (before is null)
                return;
            _holders.Remove(holder);
        }
        else
        {
            _holders[holder] = [.. elements];
        }

        foreach (var element in elements)
        {
            if (before?.Contains(element) == true)
                continue;
            var users = _wanted.GetValueOrDefault(element);
            _wanted[element] = users + 1;
            if (users == 0 && !_set.Contains(element))
                ScheduleAdding();
        }

        foreach (var element in before ?? [])
        {
            if (elements.Contains(element))
                continue;
            if (--_wanted[element] > 0)
                continue;
            _wanted.Remove(element);
            ScheduleDeleting();
        }
    }

    /// <summary>
    /// Adds at once what is wanted and not there. Completes when the kernel has it, or has refused it, which is logged.
    /// </summary>
    public Task FlushAsync() => ChangeAsync(_wanted.Keys.Where(element => !_set.Contains(element)).ToList(), []);

    /// <summary>Deletes the tables.</summary>
    public async Task RemoveAsync()
    {
        var transaction = new NftTransaction();
        foreach (var table in _tables.Where(static table => table.Sets.Count > 0))
            table.Remove(transaction);
        _repair.Cancel();
        _holders.Clear();
        _wanted.Clear();
        _set.Clear();
        try
        {
            if (transaction.Count > 0)
                await Client().CommitAsync(transaction).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or SystemCallException)
        {
            Logger.CannotFilter(e);
        }

        foreach (var table in _tables)
            table.Forget();
    }

    public ValueTask DisposeAsync()
    {
        _repair.Dispose();
        return _client?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private NftablesClient Client() => _client ??= NftablesClient.Open(
        _context.Loop,
        new NetlinkSocketOptions { Groups = [NftablesClient.NotificationGroup] },
        new NetlinkConnectionOptions { OnNotification = OnChange, OnDataLost = _ => Damaged(), Logger = Logger });

    private void ScheduleAdding()
    {
        if (_isAdding)
            return;
        _isAdding = true;
        _context.Loop.ScheduleAfterSending(static state => ((PacketFilter)state!).Add(), this);
    }

    private void ScheduleDeleting()
    {
        if (_isDeleting)
            return;
        _isDeleting = true;
        _context.Loop.ScheduleAfterSending(static state => ((PacketFilter)state!).Delete(), this);
    }

    // Nobody awaits them: an exception that nobody expects goes to the loop, which does not hide it.
    private async void Add()
    {
        _isAdding = false;
        await FlushAsync().ConfigureAwait(true);
    }

    private async void Delete()
    {
        _isDeleting = false;
        if (_context.Requests.IsWaiting)
        {
            // Addresses that packets are kept from are still to be removed.
            ScheduleDeleting();
            return;
        }

        await ChangeAsync([], _set.Where(element => !_wanted.ContainsKey(element)).ToList()).ConfigureAwait(true);
    }

    private async Task ChangeAsync(List<FilterElement> added, List<FilterElement> deleted)
    {
        if (added.Count == 0 && deleted.Count == 0)
            return;
        _set.UnionWith(added);
        _set.ExceptWith(deleted);
        var transaction = new NftTransaction();
        foreach (var table in _tables)
        {
            var own = added.Where(element => element.Family == table.Family).ToList();
            if (own.Exists(element => !table.Sets.Contains(element.Set)))
            {
                table.Rebuild(transaction, [.. _set.Where(element => element.Family == table.Family)]);
                continue;
            }

            table.AddElements(transaction, own);
            table.DeleteElements(transaction, deleted.Where(element => element.Family == table.Family));
        }

        try
        {
            await Client().CommitAsync(transaction).ConfigureAwait(true);
        }
        catch (Exception e) when (e is IOException or SystemCallException)
        {
            // Somebody may have taken the tables away, or the kernel cannot copy packets.
            await RebuildAsync(e).ConfigureAwait(true);
        }
        catch (ObjectDisposedException)
        {
            // The engine ended meanwhile.
        }
    }

    /// <summary>Makes all tables anew, with copies of reports if the kernel can make them.</summary>
    private async Task RebuildAsync(Exception? reason)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                var transaction = new NftTransaction();
                foreach (var table in _tables)
                {
                    var elements = _set.Where(element => element.Family == table.Family).ToList();
                    if (elements.Count > 0 || table.Sets.Count > 0)
                        table.Rebuild(transaction, elements);
                }

                await Client().CommitAsync(transaction).ConfigureAwait(true);
                return;
            }
            catch (Exception e) when (e is IOException or SystemCallException)
            {
                reason = e;
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            if (!CopiesReports || !_set.Any(static element => element.Set == FilterSet.VirtualMacs))
                break;
            foreach (var table in _tables)
                table.CopiesReports = false;
        }

        Logger.CannotFilter(reason!);
        foreach (var table in _tables)
            table.Forget();
        _set.Clear();
    }

    /// <summary>A change. Kernels tell us our own deletions of elements, too, without their sequence number.</summary>
    private void OnChange(in NetlinkMessage message)
    {
        if (_set.Count > 0 && message.Header.PortId != _client!.Connection.PortId && NftRemoval.Concerns(message, _options.Table))
            Damaged();
    }

    private void Damaged()
    {
        if (_isDamaged || _set.Count == 0)
            return;
        _isDamaged = true;
        _repair.Arm(Math.Max(_context.Loop.Now, _nextRepair));
    }

    // As Add.
    private async void Repair()
    {
        _isDamaged = false;
        if (_set.Count == 0)
            return;
        _nextRepair = _context.Loop.Now + MonotonicClock.FromTimeSpan(RepairInterval);
        Logger.RepairingFilter(_options.Table);
        await RebuildAsync(null).ConfigureAwait(true);
    }
}
