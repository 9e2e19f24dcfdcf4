using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

// What is told and logged of a session.
internal sealed partial class SessionDriver
{
    private const long LogInterval = 10 * MonotonicClock.Second;

    private BfdState _published;
    private long _nextDiscardLog = long.MinValue;
    private long _nextErrorLog = long.MinValue;

    private void PublishChange(BfdState from, BfdState to, BfdDiagnostic diagnostic, bool isAdministrative, long lateness)
    {
        // A session that starts administratively down was told as such.
        if (to == _published)
            return;
        _published = to;
        if (diagnostic == BfdDiagnostic.ControlDetectionTimeExpired || diagnostic == BfdDiagnostic.EchoFunctionFailed)
            _context.Logger.NeighborSilent(Options.Name, Options.Address, from, to, lateness / MonotonicClock.Microsecond);
        else
            _context.Logger.StateChanged(Options.Name, Options.Address, from, to, diagnostic);
        _context.Events.Publish(Describe(BfdEventKind.StateChanged, from, to, diagnostic) with
        {
            IsAdministrative = isAdministrative,
            Lateness = TimeSpan.FromTicks(lateness / 100),
        });
    }

    private void Publish(BfdEventKind kind, BfdState state, BfdDiagnostic diagnostic)
    {
        _published = state;
        _context.Events.Publish(Describe(kind, state, state, diagnostic));
    }

    private BfdEvent Describe(BfdEventKind kind, BfdState from, BfdState to, BfdDiagnostic diagnostic) => new()
    {
        Neighbor = Face,
        Kind = kind,
        PreviousState = from,
        State = to,
        Diagnostic = diagnostic,
        RemoteDiagnostic = Session?.RemoteDiagnostic ?? BfdDiagnostic.None,
        Time = TimeProvider.System.GetUtcNow(),
    };

    private void OnDiscard(BfdDiscardReason reason, in BfdPacketOrigin origin)
    {
        if (_context.Loop.Now < _nextDiscardLog)
            return;
        _nextDiscardLog = _context.Loop.Now + LogInterval;
        _context.Logger.Discarded(Options.Name, origin.Source, reason, Session!.Statistics.PacketsDiscarded);
    }

    private void OnSendError(DatagramSendError error)
    {
        SendErrors++;
        if (_context.Loop.Now < _nextErrorLog)
            return;
        _nextErrorLog = _context.Loop.Now + LogInterval;
        _context.Logger.SendFailed(Options.Name, Options.Address, error.Error, SendErrors);
    }

    /// <summary>How often the kernel refused to send.</summary>
    public long SendErrors { get; private set; }
}
