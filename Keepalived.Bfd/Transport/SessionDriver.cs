using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Carries out what a session asks: one timer, one socket with a source port of its own, events. While the session's interface does not
/// exist there is no session; the neighbour is down. Lives on the loop.
/// </summary>
internal sealed partial class SessionDriver : IDisposable
{
    private readonly EndpointContext _context;
    private readonly byte[] _packet = new byte[BfdSession.MaxControlSize];
    private readonly LoopTimer _timer;
    private TaskCompletionSource? _gone;
    private ControlReceiver? _receiver;
    private DatagramSocket? _socket;
    private DatagramWriter? _writer;
    private DatagramHeader _header;
    private bool _isEnabled;

    public SessionDriver(EndpointContext context, BfdNeighbor face)
    {
        (_context, Face) = (context, face);
        _isEnabled = face.Options.IsEnabled;
        _timer = context.Loop.CreateTimer(static state => ((SessionDriver)state!).OnTimeout(), this);
    }

    public BfdNeighbor Face { get; }

    public BfdNeighborOptions Options => Face.Options;

    /// <summary>The machine; <see langword="null"/> while its interface does not exist.</summary>
    public BfdSession? Session { get; private set; }

    /// <summary>Whether it is on its way out.</summary>
    public bool IsLeaving => _gone is not null;

    /// <summary>Opens the sockets and makes the session, if its interface is there.</summary>
    /// <exception cref="SystemCallException">The kernel refused a socket.</exception>
    public void Open(long now)
    {
        if (TryFindInterface(out var index))
            Open(index, now);
    }

    /// <summary>Begins to send and to tell.</summary>
    public void Start(long now)
    {
        Publish(BfdEventKind.Snapshot, State, Session?.Diagnostic ?? BfdDiagnostic.None);
        if (Session is null)
            _context.Logger.InterfaceMissing(Options.Name, Options.Interface ?? Options.Vrf!);
        Drain(now);
    }

    /// <summary>What the neighbour's session counts as.</summary>
    public BfdState State => Session?.State ?? (_isEnabled ? BfdState.Down : BfdState.AdminDown);

    /// <summary>A packet of this session was handled.</summary>
    public void OnPacket(BfdDiscardReason reason, in BfdPacketOrigin origin)
    {
        if (reason is not (BfdDiscardReason.None or BfdDiscardReason.AdminDown))
            OnDiscard(reason, origin);
        Drain(_context.Loop.Now);
    }

    /// <summary>Goes on with other options of the same session.</summary>
    public void Reconfigure(BfdNeighborOptions options, long now)
    {
        var old = Options;
        Face.Options = options;
        if (_socket is { } socket)
        {
            socket.Hops = options.HopLimit;
            socket.TrafficClass = options.TrafficClass;
        }

        Session?.Reconfigure(options.Session, now);
        Drain(now);
        if (options.IsEnabled != old.IsEnabled)
            SetEnabled(options.IsEnabled, now);
    }

    /// <summary>Takes it administratively down, or up again.</summary>
    public void SetEnabled(bool isEnabled, long now)
    {
        var before = State;
        _isEnabled = isEnabled;
        if (Session is null)
        {
            if (State != before)
                PublishChange(before, State, BfdDiagnostic.None, isAdministrative: true, lateness: 0);
            return;
        }

        if (isEnabled)
            Session.Enable(now);
        else
            Session.Disable(now);
        Drain(now);
    }

    /// <summary>Takes it down because the system knows better.</summary>
    public void Fail(BfdDiagnostic diagnostic, long now)
    {
        Session?.Fail(diagnostic, now);
        Drain(now);
    }

    /// <summary>Tells the neighbour of a path behind this one.</summary>
    public void SignalConcatenatedPath(BfdDiagnostic diagnostic, long now)
    {
        Session?.SignalConcatenatedPath(diagnostic, now);
        Drain(now);
    }

    /// <summary>Says goodbye; completes when the neighbour knows, or has had its time.</summary>
    public Task LeaveAsync(long now)
    {
        _gone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _isEnabled = false;

        // Only a neighbour that counts on us has to be waited for; another is told once.
        var isCountedOn = State is BfdState.Init or BfdState.Up;
        Session?.Disable(now);
        if (!isCountedOn || Session is null or { IsAdminDownAnnounced: true })
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
        if (Session is { } session && (!isThere || session.Path.InterfaceIndex != index))
        {
            _context.Logger.InterfaceLost(Options.Name, Options.Interface ?? Options.Vrf!);
            session.Fail(BfdDiagnostic.PathDown, now);
            Drain(now);
            Close();
        }

        if (Session is not null || !isThere || _gone is not null)
            return;
        try
        {
            Open(index, now);
            _context.Logger.InterfaceFound(Options.Name, Options.Interface ?? Options.Vrf!);
        }
        catch (SystemCallException e)
        {
            _context.Logger.CannotOpen(e, Options.Name);
        }

        Drain(now);
    }

    /// <summary>Tells everybody that it ended.</summary>
    public void PublishEnd(BfdEventKind kind)
    {
        var state = State;
        Face.IsStopped = true;
        Publish(kind, state, Session?.Diagnostic ?? BfdDiagnostic.None);
    }

    public void Dispose()
    {
        Close();
        _timer.Dispose();
        _gone?.TrySetResult();
    }

    // With neither interface nor VRF named there is nothing to wait for.
    private bool TryFindInterface(out int index)
    {
        index = Options.Interface is { } name ? _context.Links.IndexOf(name) : 0;
        return (Options.Interface is null || index != 0) && (Options.Vrf is not { } vrf || _context.Links.IndexOf(vrf) != 0);
    }

    private void Open(int interfaceIndex, long now)
    {
        var family = Options.Address.Family;
        _receiver = _context.Acquire(new ReceiverKey(family, Options.IsMultihop, Options.Vrf));
        try
        {
            _socket = DatagramSocket.OpenUdp(_context.Loop, family, new DatagramSocketOptions { MaxDatagramSize = 1 });
            _socket.DiscardInput();
            if ((Options.Interface ?? Options.Vrf) is { } device)
                _socket.BindToDevice(device);
            _socket.Hops = Options.HopLimit;
            _socket.TrafficClass = Options.TrafficClass;
            _socket.FreeBind = true;
            _socket.OnSendError = OnSendError;
            _context.SourcePorts.Bind(_socket, Options.LocalAddress, interfaceIndex);
            _writer = new DatagramWriter(_socket.Output);
            _header = new DatagramHeader
            {
                Length = 0,
                Destination = Options.Address,
                InterfaceIndex = Options.Address.IsLinkLocal ? interfaceIndex : 0,
                Port = _receiver.Key.Port,
            };
            var session = new BfdSession(
                Options.PathOver(interfaceIndex), _context.CreateDiscriminator(_receiver.Table), Options.Session, now)
            { Driver = this };
            _receiver.Table.Add(session);
            Session = session;
        }
        catch
        {
            Close();
            throw;
        }

        if (!_isEnabled)
            Session.Disable(now);
    }

    private void Close()
    {
        if (Session is { } session)
            _receiver!.Table.Remove(session);
        Session = null;
        _timer.Cancel();
        _socket?.Dispose();
        (_socket, _writer) = (null, null);
        if (_receiver is { } receiver)
            _context.Release(receiver);
        _receiver = null;
    }

    private void OnTimeout()
    {
        if (Session is not { } session)
            return;

        // A packet that came in time must not lose against us who came late.
        if (session.IsDetectionDue(_context.Loop.Now))
            _receiver!.Drain();
        session.HandleTimeout(_context.Loop.Now);
        Drain(_context.Loop.Now);
    }

    private void Drain(long now)
    {
        if (Session is not { } session)
            return;
        while (session.TryDequeue(out var action))
            Carry(session, action);
        if (Session == session)
            _timer.Arm(session.NextDeadline);
    }

    private void Carry(BfdSession session, in BfdAction action)
    {
        switch (action.Kind)
        {
            case BfdActionKind.SendControl:
                var length = session.WriteControl(action, _packet);
                _writer!.TryWrite(_header, _packet.AsSpan(0, length));
                break;
            case BfdActionKind.StateChanged:
                PublishChange(action.OldState, action.NewState, action.Diagnostic, action.IsAdministrative, action.Lateness);
                break;
            case BfdActionKind.AdminDownAnnounced:
                _gone?.TrySetResult();
                break;
        }
    }
}
