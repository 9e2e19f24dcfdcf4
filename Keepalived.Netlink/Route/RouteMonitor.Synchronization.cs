using System.Net.Sockets;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <content>Notifications, and reading the tables. The lock is held by the thread that handles them, which is the loop's if there is one.</content>
public sealed partial class RouteMonitor
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<NetworkEvent> _events = [];
    private MonitoredNetwork _network = new();
    private bool _isReady;

    /// <summary>What must be read again.</summary>
    private NetworkObjects _requested;

    /// <summary>
    /// What is being read. Its notifications are kept until that is done, and applied after what was read: they are newer, or of the same
    /// time.
    /// </summary>
    private NetworkObjects _synchronizing;
    private List<MonitoredChange> _later = [];
    private bool _isRunning;
    private Errno _lossReason;

    private void OnNotification(in NetlinkMessage message)
    {
        if (!Decode(message, out var value))
            return;
        var kind = MonitoredNetwork.KindOf(value);
        if ((kind & _watched) == 0)
            return;
        var isRemoval = message.Type is RouteMessageType.DeleteLink or RouteMessageType.DeleteAddress or RouteMessageType.DeleteRoute
            or RouteMessageType.DeleteRule or RouteMessageType.DeleteNeighbour;
        var change = new MonitoredChange(value, isRemoval, !isRemoval && (message.Header.Flags & NetlinkMessageFlags.Replace) != 0);
        lock (_gate)
        {
            if ((kind & _synchronizing) != 0)
            {
                _later.Add(change);
                return;
            }

            _events.Clear();
            _network.Apply(change, _events);
            Publish();
        }

        Synchronize();
    }

    private void OnDataLost(Errno reason)
    {
        lock (_gate)
        {
            _lossReason = reason;
            _requested = _watched;
        }

        Synchronize();
    }

    /// <summary>Reads again what must be, unless that is under way.</summary>
    private void Synchronize()
    {
        lock (_gate)
        {
            if (_isRunning || _requested == NetworkObjects.None)
                return;
            _isRunning = true;
        }

        _ = SynchronizeAsync();
    }

    private async Task SynchronizeAsync()
    {
        try
        {
            while (TryBegin(out var objects))
            {
                var values = new List<object>();
                try
                {
                    foreach (var request in Requests(objects))
                        values.AddRange(await Connection.DumpAsync<object>(request, Decode).ConfigureAwait(_loop is not null));
                }
                catch (NetlinkException exception) when (exception.Errno is Errno.EINTR or Errno.ENOBUFS or Errno.EBUSY)
                {
                    // The tables change faster than they can be read, or notifications flood the socket. There is nothing to tell until
                    // that ends.
                    Request(objects);
                    await Task.Delay(RetryDelay, _loop?.TimeProvider ?? TimeProvider.System).ConfigureAwait(_loop is not null);
                    continue;
                }

                Finish(objects, values);
            }
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            Stop(exception);
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // StopWithConnectionAsync tells the observers.
        }
    }

    private bool Decode(in NetlinkMessage message, out object value)
    {
        var error = MonitoredNetwork.Decode(message, out var decoded);
        value = decoded!;
        if (error is not (NetlinkDecodeError.None or NetlinkDecodeError.WrongType))
            Connection.CountMalformed(message.Type, error);
        return error == NetlinkDecodeError.None;
    }

    private bool TryBegin(out NetworkObjects objects)
    {
        lock (_gate)
        {
            objects = _requested;
            _requested = NetworkObjects.None;
            _isRunning = objects != NetworkObjects.None;
            _synchronizing = objects;
            _later = [];
            return _isRunning;
        }
    }

    private void Request(NetworkObjects objects)
    {
        lock (_gate)
            _requested |= objects;
    }

    private static IEnumerable<NetlinkRequest> Requests(NetworkObjects objects)
    {
        if ((objects & NetworkObjects.Links) != 0)
            yield return RouteClient.ListLinks;
        if ((objects & NetworkObjects.IPv4Addresses) != 0)
            yield return RouteClient.ListAddresses(AddressFamily.InterNetwork, 0);
        if ((objects & NetworkObjects.IPv6Addresses) != 0)
            yield return RouteClient.ListAddresses(AddressFamily.InterNetworkV6, 0);
        if ((objects & NetworkObjects.IPv4Routes) != 0)
            yield return RouteClient.ListRoutes(AddressFamily.InterNetwork, RouteTable.Unspecified);
        if ((objects & NetworkObjects.IPv6Routes) != 0)
            yield return RouteClient.ListRoutes(AddressFamily.InterNetworkV6, RouteTable.Unspecified);
        if ((objects & NetworkObjects.IPv4Rules) != 0)
            yield return RouteClient.ListRules(AddressFamily.InterNetwork);
        if ((objects & NetworkObjects.IPv6Rules) != 0)
            yield return RouteClient.ListRules(AddressFamily.InterNetworkV6);
        if ((objects & NetworkObjects.Neighbours) != 0)
            yield return RouteClient.ListNeighbours(AddressFamily.Unspecified, 0);
    }

    /// <summary>Puts what was read, and what was notified meanwhile, in place of what was known, and tells of the differences.</summary>
    private void Finish(NetworkObjects objects, List<object> values)
    {
        lock (_gate)
        {
            // Something was lost meanwhile, so that the notifications kept are not all: all of it again.
            if ((_requested & objects) != 0)
                return;
            var fresh = new MonitoredNetwork();
            _network.CopyTo(fresh, except: objects);
            _events.Clear();
            foreach (var value in values)
                fresh.Apply(new MonitoredChange(value, IsRemoval: false, IsReplacement: false), _events);
            foreach (var change in _later)
                fresh.Apply(change, _events);
            _events.Clear();
            _synchronizing = NetworkObjects.None;
            if (!_isReady)
            {
                _isReady = true;
                _network = fresh;
                _lossReason = Errno.None;
                var snapshot = Visible(fresh.ToSnapshot());
                foreach (var observer in _observers)
                    observer.OnSnapshot(snapshot);
                return;
            }

            if (_lossReason != Errno.None)
                _events.Add(new ResynchronizedEvent(_lossReason));
            _lossReason = Errno.None;
            _network.Adopt(fresh, _events);
            Publish();
        }
    }

    /// <summary>Tells the observers of the events gathered, and asks for IPv4 routes again if some may be gone with them.</summary>
    private void Publish()
    {
        foreach (var networkEvent in _events.ToArray())
        {
            if ((_watched & NetworkObjects.IPv4Routes) != 0 && TakesRoutesAlong(networkEvent))
                _requested |= NetworkObjects.IPv4Routes;
            if (!IsVisible(networkEvent))
                continue;
            foreach (var observer in _observers)
                observer.OnEvent(networkEvent);
        }
    }

    private static bool TakesRoutesAlong(NetworkEvent networkEvent) => networkEvent switch
    {
        LinkEvent { Change: NetworkChange.Removed } => true,
        LinkEvent { Link.IsUp: false, Previous.IsUp: true } => true,
        AddressEvent { Change: NetworkChange.Removed, Address.Local.IsIPv4: true } => true,
        _ => false,
    };

    private bool IsVisible(NetworkEvent networkEvent) => networkEvent switch
    {
        LinkEvent => (_options.Objects & NetworkObjects.Links) != 0,
        AddressEvent { Address.Local.IsIPv4: true } => (_options.Objects & NetworkObjects.IPv4Addresses) != 0,
        _ => true,
    };

    private NetworkSnapshot Visible(NetworkSnapshot snapshot) => _options.Objects == _watched ? snapshot : snapshot with
    {
        Links = (_options.Objects & NetworkObjects.Links) != 0 ? snapshot.Links : [],
        Addresses = [.. snapshot.Addresses.Where(address => (MonitoredNetwork.KindOf(address) & _options.Objects) != 0)],
    };

    private async Task StopWithConnectionAsync()
    {
        await Connection.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Stop(Connection.Completion.Exception?.InnerException);
    }

    private void Stop(Exception? failure)
    {
        lock (_gate)
        {
            if (failure is null ? !_completion.TrySetResult() : !_completion.TrySetException(failure))
                return;
            foreach (var observer in _observers)
                observer.OnStopped(failure);
            _observers = [];
        }
    }
}
