using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Netlink.Io;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Tests.BfdEvents;

/// <summary>A rendezvous as the supervisor makes it, and both sides on one loop, each of which may die and come back.</summary>
internal sealed class EventsHarness : IDisposable
{
    private const int PatienceMilliseconds = 20_000;
    private readonly LoopHarness _loop = new();
    private readonly List<(string Name, bool IsUp)> _reports = [];

    public EventsHarness() => (Server, Clients) = BfdRendezvous.CreatePair();

    public SafeFileHandle Server { get; }

    public SafeFileHandle Clients { get; }

    public RecordingLogger Log { get; } = new();

    public BfdPublisher? Publisher { get; private set; }

    public BfdWatcher? Watcher { get; private set; }

    /// <summary>What the watcher reported so far.</summary>
    public (string Name, bool IsUp)[] Reports
    {
        get
        {
            lock (_reports)
                return [.. _reports];
        }
    }

    public void Do(Action action) => _loop.Call(() =>
    {
        action();
        return true;
    });

    /// <summary>Starts the BFD process with these sessions, for both kinds of clients.</summary>
    public void StartBfd(params string[] names) => Do(() =>
    {
        Publisher = new BfdPublisher(_loop.Loop, Server, Log);
        Publisher.Use(names.Select(static name => new BfdPublication(name, RoleSet.Vrrp | RoleSet.Checker)));
    });

    public void StartBfd(params BfdPublication[] publications) => Do(() =>
    {
        Publisher = new BfdPublisher(_loop.Loop, Server, Log);
        Publisher.Use(publications);
    });

    public void KillBfd() => Do(() => Publisher!.Dispose());

    public void StartClient(params string[] names) => StartClient(names, 10 * MonotonicClock.Second, 60 * MonotonicClock.Second);

    public void StartClient(string[] names, long startPatience, long restartPatience) => Do(() =>
    {
        Watcher = new BfdWatcher(_loop.Loop, Clients, DaemonRole.Vrrp, Log, Report)
        {
            StartPatience = startPatience,
            RestartPatience = restartPatience,
        };
        Watcher.Use(names);
    });

    public void KillClient() => Do(() => Watcher!.Dispose());

    public void Report(string name, BfdClientState state) => Do(() => Publisher!.Report(name, state, _loop.Loop.Now));

    public void ExpectReports(params (string Name, bool IsUp)[] reports) => Assert.That(
        () => Reports, Is.EqualTo(reports).After(PatienceMilliseconds, 10), () => Log.Text);

    public void Until(Func<bool> condition, string what) =>
        Assert.That(condition, Is.True.After(PatienceMilliseconds, 10), () => $"{what}\n{Log.Text}");

    public void Dispose()
    {
        _loop.Dispose();
        Server.Dispose();
        Clients.Dispose();
    }

    private void Report(string name, bool isUp)
    {
        lock (_reports)
            _reports.Add((name, isUp));
    }
}
