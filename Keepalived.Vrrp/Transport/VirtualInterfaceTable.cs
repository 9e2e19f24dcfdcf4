using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The virtual MAC and ipvlan interfaces of an engine: makes those that routers need, makes them again when they or their bases come and
/// go, and deletes those that nobody needs any more. Many at once are a few requests. Changes are carried out one after the other, on a
/// thread of their own; what is known of them lives on the loop.
/// </summary>
internal sealed partial class VirtualInterfaceTable : IAsyncDisposable
{
    private const long RetryDelay = MonotonicClock.Second;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TransportContext _context;
    private readonly LinkWorker _worker;
    private readonly LoopTimer _retry;
    private readonly Dictionary<object, VirtualInterface> _all = [];
    private readonly Dictionary<int, VirtualInterface> _byIndex = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Task _changes = Task.CompletedTask;
    private TaskCompletionSource? _changed;
    private bool _isUpdating;
    private bool _isUpdateQueued;
    private bool _isClosing;

    public VirtualInterfaceTable(TransportContext context)
    {
        _context = context;
        _worker = new LinkWorker(context.Logger, context.Options.ToRequestSocket());
        _retry = context.Loop.CreateTimer(static state => ((VirtualInterfaceTable)state!).Update(), this);
    }

    /// <summary>All of them, whether they are there or not.</summary>
    public IReadOnlyCollection<VirtualInterface> All => _all.Values;

    private ILogger Logger => _context.Logger;

    private InterfaceTable Links => _context.Interfaces;

    /// <summary>The one with this index, if it is ours.</summary>
    public VirtualInterface? Find(int index) => _byIndex.GetValueOrDefault(index);

    /// <summary>
    /// Makes what these routers need and is not there, as far as their base interfaces are. Completes when all can be used, or the kernel
    /// refused, or it took too long: then they come later.
    /// </summary>
    public Task PrepareAsync(IEnumerable<VirtualRouterOptions> routers)
    {
        foreach (var wish in routers.SelectMany(VirtualInterfaceWish.All))
            Get(wish);
        return UpdateAsync();
    }

    /// <summary>The interface, from now on used by a router.</summary>
    public VirtualInterface Acquire(VirtualInterfaceWish wish, RouterDriver user)
    {
        var item = Get(wish);
        item.Users.Add(user);
        Update();
        return item;
    }

    /// <summary>A router does not need it any more; <see cref="DeleteUnusedAsync"/> deletes it, if nobody does.</summary>
    public static void Release(VirtualInterface item, RouterDriver user) => item.Users.Remove(user);

    /// <summary>Deletes what no router uses.</summary>
    public Task DeleteUnusedAsync() => _isClosing ? Task.CompletedTask : Enqueue(() => DeleteAsync([.. _all.Values.Where(item => item.Users.Count == 0)]));

    /// <summary>A link came or changed.</summary>
    public void OnLink(NetworkInterface link)
    {
        if (Find(link.Index) is { } own && own.Name != link.Name && own.IsReady)
            OnRenamed(own, link);
        if (_all.Count > 0)
            Update();
        Pulse();
    }

    /// <summary>A link went.</summary>
    public void OnLinkRemoved(int index)
    {
        if (Find(index) is { } own)
        {
            Logger.VirtualInterfaceLost(own.Name);
            Lose(own);
            _context.Reports.Release([own]);
        }

        foreach (var item in _all.Values)
        {
            if (item.BaseIndex == index)
                ForgetBase(item);
        }

        Update();
        Pulse();
    }

    /// <summary>An address came or went.</summary>
    public void OnAddress(InetAddress address)
    {
        Pulse();
        if (address.IsIPv6 && address.IsLinkLocal && _all.Count > 0)
            Update();
    }

    /// <summary>Deletes all, unless they are to stay for who comes after us, and what was changed for them is as it was.</summary>
    public async Task CloseAsync(bool release)
    {
        _isClosing = true;
        _retry.Cancel();
        if (release)
            await Enqueue(() => DeleteAsync([.. _all.Values])).ConfigureAwait(true);
        else
            await _changes.ConfigureAwait(true);
    }

    public ValueTask DisposeAsync()
    {
        _retry.Dispose();
        return _worker.DisposeAsync();
    }

    private VirtualInterface Get(VirtualInterfaceWish wish)
    {
        if (_all.TryGetValue(wish.Key, out var item))
        {
            item.IsNameRefused &= item.Wish.Name == wish.Name;
            // For addresses it may be shared with the router that sends from it.
            item.Wish = wish.IsForAddresses && !item.Wish.IsForAddresses
                ? item.Wish with { UsesIPv6 = item.Wish.UsesIPv6 | wish.UsesIPv6 }
                : wish;
            return item;
        }

        item = new VirtualInterface(wish);
        item.Name = FreeName(item);
        _all.Add(wish.Key, item);
        _names.Add(item.Name);
        return item;
    }

    /// <summary>Soon, and once for many calls, does what is to be done.</summary>
    private void Update()
    {
        if (_isUpdating || _isUpdateQueued || _isClosing)
            return;
        _isUpdating = true;
        _context.Loop.Schedule(
            static state =>
            {
                var table = (VirtualInterfaceTable)state!;
                table._isUpdating = false;
                if (table._isUpdateQueued || !table.IsAnythingToDo())
                    return;
                table._isUpdateQueued = true;
                _ = table.UpdateAsync();
            },
            this);
    }

    private bool IsAnythingToDo()
    {
        foreach (var item in _all.Values)
        {
            if (CanBeMade(item) || IsOutdated(item))
                return true;
        }

        return false;
    }

    private Task UpdateAsync() => Enqueue(async () =>
    {
        _isUpdateQueued = false;
        if (_isClosing)
            return;
        await CreateAsync([.. _all.Values.Where(CanBeMade)]).ConfigureAwait(true);
        await AdjustAsync([.. _all.Values.Where(IsOutdated)]).ConfigureAwait(true);
    });

    /// <summary>One after the other. What fails is logged, and does not keep the next from its turn.</summary>
    private Task Enqueue(Func<Task> change)
    {
        return _changes = RunAsync(_changes, change);

        async Task RunAsync(Task before, Func<Task> next)
        {
            await before.ConfigureAwait(true);
            try
            {
                await next().ConfigureAwait(true);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                Logger.CannotChangeLinks(e);
            }
        }
    }

    /// <summary>Waits until the kernel has told what it was asked to do.</summary>
    /// <returns>Whether it has.</returns>
    private async Task<bool> WaitForAsync<T>(List<T> items, Func<T, bool> condition)
    {
        var deadline = MonotonicClock.Now + MonotonicClock.FromTimeSpan(Patience);
        var next = 0;
        while (true)
        {
            while (next < items.Count && condition(items[next]))
                next++;
            var left = deadline - MonotonicClock.Now;
            if (next == items.Count || left <= 0 || _isClosing)
                return next == items.Count;
            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _changed.Task.WaitAsync(MonotonicClock.ToTimeSpan(left), _context.Loop.TimeProvider)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private void Pulse()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    private void OnRenamed(VirtualInterface own, NetworkInterface link)
    {
        Logger.VirtualInterfaceRenamed(own.Name, link.Name);
        Lose(own);
        _context.Reports.Release([own]);
        // Two with one MAC address cannot be up at once: the renamed one makes room for that with the right name.
        _ = Enqueue(() => DeleteDeviceAsync(link.Index));
    }

    private void Lose(VirtualInterface item)
    {
        _byIndex.Remove(item.Index);
        (item.Index, item.IsReady) = (0, false);
    }

    private void ForgetBase(VirtualInterface item)
    {
        foreach (var setting in item.HeldSettings)
            _context.Settings.Forget(setting);
        item.HeldSettings.Clear();
        item.BaseIndex = 0;
    }

    private void UpdateUsers(VirtualInterface item)
    {
        var now = _context.Loop.Now;
        foreach (var user in item.Users.ToArray())
            user.UpdateNetwork(now);
    }
}
