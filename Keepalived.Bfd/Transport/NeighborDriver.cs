using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Carries out what the session with a neighbour asks: one timer, sockets, events. While its interface does not exist there is no
/// session; the neighbour is down. Lives on the loop.
/// </summary>
internal abstract partial class NeighborDriver : IDisposable
{
    private TaskCompletionSource? _gone;

    protected NeighborDriver(EndpointContext context, BfdNeighbor face)
    {
        (Context, Face) = (context, face);
        IsEnabled = face.Options.IsEnabled;
        Timer = context.Loop.CreateTimer(static state => ((NeighborDriver)state!).OnTimeout(), this);
    }

    public BfdNeighbor Face { get; }

    public BfdNeighborOptions Options => Face.Options;

    /// <summary>The session of either kind; <see langword="null"/> while its interface does not exist.</summary>
    public abstract IBfdMachine? Machine { get; }

    /// <summary>The session with control packets, if it is of that kind.</summary>
    public virtual BfdSession? Control => null;

    /// <summary>What the neighbour's session counts as.</summary>
    public BfdState State => Machine?.State ?? (IsEnabled ? BfdState.Down : BfdState.AdminDown);

    /// <summary>bfd.LocalDiag.</summary>
    public abstract BfdDiagnostic Diagnostic { get; }

    /// <summary>Our address as the neighbour knows it; none before it was heard.</summary>
    public virtual InetAddress LocalAddress => Options.LocalAddress;

    /// <summary>The source port of our packets; zero without a socket.</summary>
    public virtual ushort SourcePort => 0;

    /// <summary>Whether it is on its way out.</summary>
    public bool IsLeaving => _gone is not null;

    protected EndpointContext Context { get; }

    protected LoopTimer Timer { get; }

    protected bool IsEnabled { get; set; }

    /// <summary>The driver for these options.</summary>
    public static NeighborDriver Create(EndpointContext context, BfdNeighbor face) =>
        face.Options.UnaffiliatedEcho is null ? new ControlDriver(context, face) : new EchoDriver(context, face);

    /// <summary>Opens the sockets and makes the session, if its interface is there.</summary>
    /// <exception cref="SystemCallException">The kernel refused a socket.</exception>
    public void Open(long now)
    {
        if (!TryFindInterface(out var index))
            return;
        try
        {
            OpenOver(index, now);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Begins to send and to tell.</summary>
    public void Start(long now)
    {
        Publish(BfdEventKind.Snapshot, State, Diagnostic);
        if (Machine is null)
            Context.Logger.InterfaceMissing(Options.Name, Options.Interface ?? Options.Vrf!);
        Drain(now);
    }

    /// <summary>Goes on with other options of the same session.</summary>
    public void Reconfigure(BfdNeighborOptions options, long now)
    {
        var old = Options;
        Face.Options = options;
        if (Machine is not null)
            Adopt(options, now);
        Drain(now);
        if (options.IsEnabled != old.IsEnabled)
            SetEnabled(options.IsEnabled, now);
    }

    /// <summary>Takes it administratively down, or up again.</summary>
    public void SetEnabled(bool isEnabled, long now)
    {
        var before = State;
        IsEnabled = isEnabled;
        if (Machine is null)
        {
            if (State != before)
                PublishChange(before, State, BfdDiagnostic.None, isAdministrative: true, lateness: 0);
            return;
        }

        SwitchMachine(isEnabled, now);
        Drain(now);
    }

    /// <summary>Takes it down because the system knows better.</summary>
    public virtual void Fail(BfdDiagnostic diagnostic, long now)
    {
    }

    /// <summary>Tells the neighbour of a path behind this one.</summary>
    public virtual void SignalConcatenatedPath(BfdDiagnostic diagnostic, long now)
    {
    }

    /// <summary>Says goodbye; completes when the neighbour knows, or has had its time.</summary>
    public Task LeaveAsync(long now)
    {
        _gone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IsEnabled = false;

        // Only a neighbour that counts on us has to be waited for; another is told once.
        var isCountedOn = State is BfdState.Init or BfdState.Up;
        if (Machine is not null)
            SwitchMachine(isEnabled: false, now);
        if (!isCountedOn || Control is null or { IsAdminDownAnnounced: true })
            _gone.TrySetResult();
        Drain(now);
        return _gone.Task;
    }

    /// <summary>Says goodbye once and is gone, whether the neighbour heard it or not.</summary>
    public void LeaveNow(long now)
    {
        LeaveAsync(now);
        _gone!.TrySetResult();
        Close();
    }

    /// <summary>The interface may have come, gone, or changed its index.</summary>
    public void UpdateLink(long now)
    {
        var isThere = TryFindInterface(out var index);
        if (Machine is not null && (!isThere || InterfaceIndex != index))
        {
            Context.Logger.InterfaceLost(Options.Name, Options.Interface ?? Options.Vrf!);
            Fail(BfdDiagnostic.PathDown, now);
            var state = State;
            Close();
            if (State != state)
                PublishChange(state, State, BfdDiagnostic.PathDown, isAdministrative: false, lateness: 0);
        }

        if (Machine is not null || !isThere || IsLeaving)
            return;
        try
        {
            Open(now);
            Context.Logger.InterfaceFound(Options.Name, Options.Interface ?? Options.Vrf!);
        }
        catch (SystemCallException e)
        {
            Context.Logger.CannotOpen(e, Options.Name);
        }

        Drain(now);
    }

    /// <summary>Tells everybody that it ended.</summary>
    public void PublishEnd(BfdEventKind kind)
    {
        var state = State;
        Face.IsStopped = true;
        Publish(kind, state, Diagnostic);
    }

    public void Dispose()
    {
        Close();
        Timer.Dispose();
        _gone?.TrySetResult();
    }

    /// <summary>The interface that it was opened over; 0 for any.</summary>
    protected abstract int InterfaceIndex { get; }

    /// <summary>Opens the sockets and makes the session. What it leaves behind when it throws, <see cref="Close"/> removes.</summary>
    protected abstract void OpenOver(int interfaceIndex, long now);

    /// <summary>Closes the sockets; the session is no more.</summary>
    protected abstract void Close();

    /// <summary>Goes on with changed options.</summary>
    protected abstract void Adopt(BfdNeighborOptions options, long now);

    /// <summary>Disables or enables the session.</summary>
    protected abstract void SwitchMachine(bool isEnabled, long now);

    /// <summary>The timer is due.</summary>
    protected abstract void OnTimeout();

    /// <summary>Carries out what the session asks, and arms the timer.</summary>
    protected abstract void Drain(long now);

    /// <summary>Nobody has to be waited for any more.</summary>
    protected void CompleteLeave() => _gone?.TrySetResult();

    // With neither interface nor VRF named there is nothing to wait for.
    private bool TryFindInterface(out int index)
    {
        index = Options.Interface is { } name ? Context.Links.IndexOf(name) : 0;
        return (Options.Interface is null || index != 0) && (Options.Vrf is not { } vrf || Context.Links.IndexOf(vrf) != 0);
    }
}
