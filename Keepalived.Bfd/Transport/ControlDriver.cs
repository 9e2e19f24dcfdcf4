using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// The driver of a session with control packets. It has a socket with a source port of its own; while the session is up, its packets
/// leave from that port together with those of the others, if we may open a raw socket.
/// </summary>
internal sealed class ControlDriver(EndpointContext context, BfdNeighbor face) : NeighborDriver(context, face)
{
    private readonly byte[] _packet = new byte[BfdSession.MaxControlSize];
    private BfdSession? _session;
    private ControlReceiver? _receiver;
    private DatagramSocket? _socket;
    private DatagramWriter? _writer;
    private DatagramHeader _header;
    private ushort _sourcePort;
    private InetAddress _local;
    private BatchSender? _batch;
    private DatagramHeader _batchHeader;
    private UdpTemplate? _template;
    private EchoSender? _echo;

    public override IBfdMachine? Machine => _session;

    public override BfdSession? Control => _session;

    public override BfdDiagnostic Diagnostic => _session?.Diagnostic ?? BfdDiagnostic.None;

    public override InetAddress LocalAddress => Options.LocalAddress.IsNone ? _local : Options.LocalAddress;

    public override ushort SourcePort => _socket is null ? (ushort)0 : _sourcePort;

    protected override int InterfaceIndex => _session?.Path.InterfaceIndex ?? 0;

    /// <summary>A packet of this session was handled.</summary>
    public void OnPacket(BfdDiscardReason reason, in BfdPacketOrigin origin)
    {
        var local = Options.LocalAddress.IsNone ? origin.Destination : Options.LocalAddress;
        if (reason is not (BfdDiscardReason.None or BfdDiscardReason.AdminDown))
            OnDiscard(reason, origin, _session!.Statistics);
        else if (local != _local)
            UseLocal(local);
        Drain(Context.Loop.Now);
    }

    /// <summary>An echo packet of this session was handled.</summary>
    public void OnEcho() => Drain(Context.Loop.Now);

    /// <summary>The kernel does not take what was sent in the common way: the session's own socket can say why.</summary>
    public void LeaveBatch()
    {
        _batch = null;
        _template = null;
    }

    public override void Fail(BfdDiagnostic diagnostic, long now)
    {
        _session?.Fail(diagnostic, now);
        Drain(now);
    }

    public override void SignalConcatenatedPath(BfdDiagnostic diagnostic, long now)
    {
        _session?.SignalConcatenatedPath(diagnostic, now);
        Drain(now);
    }

    protected override void OpenOver(int interfaceIndex, long now)
    {
        var family = Options.Address.Family;
        _receiver = Context.Acquire(new ReceiverKey(family, Options.IsMultihop, Options.Vrf));
        OpenSocket(interfaceIndex);
        _batch = Context.FindBatch(family, Options.Vrf);
        _session = new BfdSession(
            Options.PathOver(interfaceIndex), Context.CreateDiscriminator(_receiver.Table), Options.Session, now)
        {
            Driver = this,
            AlignsTransmissions = true,
        };
        _receiver.Table.Add(_session);
        UseEcho(interfaceIndex);
        if (!IsEnabled)
            _session.Disable(now);
    }

    protected override void Close()
    {
        if (_session is not null)
            _receiver!.Table.Remove(_session);
        _session = null;
        Timer.Cancel();
        _echo?.Dispose();
        _echo = null;
        _socket?.Dispose();
        (_socket, _writer, _local) = (null, null, default);
        LeaveBatch();
        if (_receiver is { } receiver)
            Context.Release(receiver);
        _receiver = null;
    }

    protected override void Adopt(BfdNeighborOptions options, long now)
    {
        _socket!.Hops = options.HopLimit;
        _socket.TrafficClass = options.TrafficClass;
        UseLocal(_local);
        UseEcho(InterfaceIndex);
        _session!.Reconfigure(options.Session, now);
    }

    protected override void SwitchMachine(bool isEnabled, long now)
    {
        if (isEnabled)
            _session!.Enable(now);
        else
            _session!.Disable(now);
    }

    protected override void OnTimeout()
    {
        if (_session is not { } session)
            return;

        // A packet that came in time must not lose against us who came late.
        var now = Context.Loop.Now;
        if (session.IsDetectionDue(now))
        {
            _receiver!.Drain();
            now = MonotonicClock.Now;
            if (session.IsDetectionDue(now) && session.TryForgiveStall(now))
                Context.Logger.StallForgiven(Options.Name, Options.Address);
        }

        if (_echo is not null && now - session.NextDeadline > MonotonicClock.Millisecond)
        {
            _echo.Drain();
            now = MonotonicClock.Now;
        }

        var (due, late) = (session.NextTransmit, session.Statistics.LatePackets);
        session.HandleTimeout(now);
        if (due <= now)
            Attribute(session.Statistics, due, session.Statistics.LatePackets != late);
        Drain(now);
    }

    protected override void Drain(long now)
    {
        if (_session is not { } session)
            return;
        while (session.TryDequeue(out var action))
            Carry(session, action, now);
        if (_session != session)
            return;
        Timer.Arm(session.NextDeadline);
        if (Face.IsUnsolicited && session is { State: BfdState.Down, RemoteDiscriminator: 0, Statistics.ControlPacketsReceived: > 0 })
            Context.OnUnsolicitedSilent(this);
    }

    private void OpenSocket(int interfaceIndex)
    {
        _socket = DatagramSocket.OpenUdp(Context.Loop, Options.Address.Family, new DatagramSocketOptions { MaxDatagramSize = 1 });
        _socket.DiscardInput();
        if ((Options.Interface ?? Options.Vrf) is { } device)
            _socket.BindToDevice(device);
        _socket.Hops = Options.HopLimit;
        _socket.TrafficClass = Options.TrafficClass;
        _socket.FreeBind = true;
        _socket.OnSendError = OnSendError;
        _sourcePort = Context.SourcePorts.Bind(_socket, Options.LocalAddress, interfaceIndex);
        _writer = new DatagramWriter(_socket.Output);
        _header = new DatagramHeader
        {
            Length = 0,
            Destination = Options.Address,
            InterfaceIndex = Options.Address is { IsIPv6: true, IsLinkLocal: true } ? interfaceIndex : 0,
            Port = _receiver!.Key.Port,
        };
        _batchHeader = new DatagramHeader { Length = 0, Destination = Options.Address, InterfaceIndex = interfaceIndex };
    }

    // The address that the neighbour sends to is ours at this moment, and the one it expects packets from.
    private void UseLocal(InetAddress local)
    {
        _local = local;
        _template = _batch is null || local.IsNone ? null : new UdpTemplate(
            local, Options.Address, _sourcePort, _header.Port, Options.HopLimit, Options.TrafficClass, BfdSession.MaxControlSize);
        _echo?.UseLocal(local);
    }

    private void UseEcho(int interfaceIndex)
    {
        var isWanted = Options.Session.EchoTxInterval > TimeSpan.Zero || Options.Session.RequiredMinEchoRxInterval > TimeSpan.Zero;
        if (isWanted && _echo is null)
            _echo = new EchoSender(Context, Options, interfaceIndex, BfdEchoPacket.Size, _local);
        else if (!isWanted)
            _echo?.Dispose();
        if (!isWanted)
            _echo = null;
        _echo?.ReflectFor(Options.Session.RequiredMinEchoRxInterval);
    }

    private void Carry(BfdSession session, in BfdAction action, long now)
    {
        switch (action.Kind)
        {
            case BfdActionKind.SendControl when session.State == BfdState.Up && _template is { } template:
                var length = session.WriteControl(action, template.Payload);
                _batch!.Send(_batchHeader, template.Complete(length));
                break;
            case BfdActionKind.SendControl:
                _writer!.TryWrite(_header, _packet.AsSpan(0, session.WriteControl(action, _packet)));
                break;
            case BfdActionKind.SendEcho:
                if (_echo is { } echo)
                    echo.Send(session.WriteEcho(action, echo.Payload, now));
                break;
            case BfdActionKind.StateChanged:
                if (action.OldState == BfdState.Up)
                    LeaveUp(action.Diagnostic);
                PublishChange(action.OldState, action.NewState, action.Diagnostic, action.IsAdministrative, action.Lateness);
                break;
            case BfdActionKind.AdminDownAnnounced:
                CompleteLeave();
                break;
        }
    }

    private void LeaveUp(BfdDiagnostic diagnostic)
    {
        UseLocal(InetAddress.None);
        if (diagnostic == BfdDiagnostic.EchoFunctionFailed)
            _echo?.Forget();
    }
}
