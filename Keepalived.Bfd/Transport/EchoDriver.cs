using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// The driver of an unaffiliated echo session (RFC 9747). A UDP socket of its own makes the kernel find out the neighbour's link-layer
/// address, which no traffic of BFD would.
/// </summary>
internal sealed class EchoDriver(EndpointContext context, BfdNeighbor face) : NeighborDriver(context, face)
{
    // RFC 863: thrown away by the neighbour, if it listens at all.
    private const ushort Discard = 9;

    private BfdEchoSession? _session;
    private EchoSender? _sender;
    private DatagramSocket? _socket;
    private DatagramWriter? _writer;
    private int _interfaceIndex;

    public override IBfdMachine? Machine => _session;

    public override BfdDiagnostic Diagnostic => _session?.Diagnostic ?? BfdDiagnostic.None;

    protected override int InterfaceIndex => _interfaceIndex;

    /// <summary>A packet of this session came back.</summary>
    public void OnEcho() => Drain(Context.Loop.Now);

    protected override void OpenOver(int interfaceIndex, long now)
    {
        _interfaceIndex = interfaceIndex;
        var table = Context.TableOf(Options.Vrf);
        _sender = new EchoSender(Context, Options, interfaceIndex, BfdControlHeader.Size, Options.LocalAddress);
        _socket = DatagramSocket.OpenUdp(Context.Loop, Options.Address.Family, new DatagramSocketOptions { MaxDatagramSize = 1 });
        _socket.DiscardInput();
        _socket.BindToDevice(Options.Interface!);
        _writer = new DatagramWriter(_socket.Output);
        _session = new BfdEchoSession(Options.PathOver(interfaceIndex), Context.CreateDiscriminator(table), Options.UnaffiliatedEcho!, now)
        {
            Driver = this,
        };
        table.Add(_session);
        if (!IsEnabled)
            _session.Disable(now);
    }

    protected override void Close()
    {
        if (_session is not null)
            Context.TableOf(Options.Vrf).Remove(_session);
        _session = null;
        Timer.Cancel();
        _sender?.Dispose();
        _socket?.Dispose();
        (_sender, _socket, _writer) = (null, null, null);
    }

    // Options of the session itself do not change: with others it is another session.
    protected override void Adopt(BfdNeighborOptions options, long now) => _sender!.UseLocal(options.LocalAddress);

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

        // What came back in time must not lose against us who came late.
        var (due, now) = (session.NextDeadline, Context.Loop.Now);
        if (now - due > MonotonicClock.Millisecond)
        {
            _sender!.Drain();
            now = MonotonicClock.Now;
        }

        session.HandleTimeout(now);
        if (due <= now)
            Attribute(session.Statistics, due, isLate: false);
        Drain(now);
    }

    protected override void Drain(long now)
    {
        if (_session is not { } session)
            return;
        while (session.TryDequeue(out var action))
        {
            if (action.Kind == BfdActionKind.SendControl)
            {
                if (!_sender!.Send(session.WriteControl(_sender.Payload)))
                    AskForNeighbor();
            }
            else if (action.Kind == BfdActionKind.StateChanged)
            {
                if (action.Diagnostic == BfdDiagnostic.EchoFunctionFailed)
                    _sender!.Forget();
                PublishChange(action.OldState, action.NewState, action.Diagnostic, action.IsAdministrative, action.Lateness);
            }
        }

        if (_session == session)
            Timer.Arm(session.NextDeadline);
    }

    private void AskForNeighbor() => _writer!.TryWrite(
        new DatagramHeader { Length = 0, Destination = Options.Address, InterfaceIndex = _interfaceIndex, Port = Discard }, []);
}
