using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

// What is told and logged of a session.
internal abstract partial class NeighborDriver
{
    private const long LogInterval = 10 * MonotonicClock.Second;

    private BfdState _published;
    private long _nextDiscardLog = long.MinValue;
    private long _nextErrorLog = long.MinValue;

    protected void PublishChange(BfdState from, BfdState to, BfdDiagnostic diagnostic, bool isAdministrative, long lateness)
    {
        // A session that starts administratively down was told as such.
        if (to == _published)
            return;
        _published = to;

        // Who acts on it first; the log has time.
        Context.Events.Publish(Describe(BfdEventKind.StateChanged, from, to, diagnostic) with
        {
            IsAdministrative = isAdministrative,
            Lateness = TimeSpan.FromTicks(lateness / 100),
        });
        if (diagnostic == BfdDiagnostic.ControlDetectionTimeExpired || diagnostic == BfdDiagnostic.EchoFunctionFailed)
            Context.Logger.NeighborSilent(Options.Name, Options.Address, from, to, lateness / MonotonicClock.Microsecond);
        else
            Context.Logger.StateChanged(Options.Name, Options.Address, from, to, diagnostic);
    }

    private void Publish(BfdEventKind kind, BfdState state, BfdDiagnostic diagnostic)
    {
        _published = state;
        Context.Events.Publish(Describe(kind, state, state, diagnostic));
    }

    private BfdEvent Describe(BfdEventKind kind, BfdState from, BfdState to, BfdDiagnostic diagnostic) => new()
    {
        Neighbor = Face,
        Kind = kind,
        PreviousState = from,
        State = to,
        Diagnostic = diagnostic,
        RemoteDiagnostic = Control?.RemoteDiagnostic ?? BfdDiagnostic.None,
        Time = TimeProvider.System.GetUtcNow(),
    };

    protected void OnDiscard(BfdDiscardReason reason, in BfdPacketOrigin origin, BfdStatistics statistics)
    {
        if (Context.Loop.Now < _nextDiscardLog)
            return;
        _nextDiscardLog = Context.Loop.Now + LogInterval;
        Context.Logger.Discarded(Options.Name, origin.Source, reason, statistics.PacketsDiscarded);
    }

    protected void OnSendError(DatagramSendError error)
    {
        SendErrors++;
        if (Context.Loop.Now < _nextErrorLog)
            return;
        _nextErrorLog = Context.Loop.Now + LogInterval;
        Context.Logger.SendFailed(Options.Name, Options.Address, error.Error, SendErrors);
    }

    /// <summary>Whose fault a delay was: the machine's, which let our thread run late, or ours, who were still busy.</summary>
    protected void Attribute(BfdStatistics statistics, long due, bool isLate)
    {
        statistics.WakeLateness = Math.Min(Context.Loop.GetWakeLateness(due), statistics.TransmitLateness);
        if (!isLate)
            return;
        var isMachine = statistics.WakeLateness * 2 >= statistics.TransmitLateness;
        if (isMachine)
            statistics.LatePacketsByMachine++;
        if (!Context.MayLogLate())
            return;
        var (late, woken) = (statistics.TransmitLateness / MonotonicClock.Microsecond, statistics.WakeLateness / MonotonicClock.Microsecond);
        Context.Logger.SentLate(Options.Name, Options.Address, late, woken, late - woken);
    }

    /// <summary>How often the kernel refused to send.</summary>
    public long SendErrors { get; private set; }
}
