using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>
/// One virtual router: the state machine of RFC 9568 section 6.4 and RFC 3768 section 6.4 with keepalived's behaviour. It opens no socket,
/// owns no timer, reads no clock and does not log: every input carries the present, <c>now</c>, in nanoseconds of
/// <see cref="MonotonicClock"/>; the answer is a queue of actions and one <see cref="NextDeadline"/>. After each input drain
/// <see cref="TryDequeue"/>, then wait for <see cref="NextDeadline"/>. Not thread-safe. Packets, timers and the queue allocate nothing.
/// </summary>
public sealed partial class VrrpRouter
{
    private const long Never = MonotonicClock.Never;

    private VrrpActionQueue _actions;
    private VrrpFault[] _faults = [];
    private VrrpRouterOptions _options;
    private VrrpAdvertisementTemplate _template;
    private InetAddress _group;
    private InetAddress[] _destinations = [];
    private bool _checksPeers;
    private bool _wantsMaster;
    private long _ownInterval;
    private int _totalPriority;
    private InetAddress _packetSource;
    private ushort _packetId;
    private VrrpState _reportedState;

    /// <summary>The advertisement timer of a master, the master down timer of a backup.</summary>
    private long _timer = Never;

    /// <summary>The end of the startup delay; in the past if there is none.</summary>
    private long _notBefore;

    private long _lastSent;

    /// <summary>A router in <see cref="VrrpState.Initialize"/>.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public VrrpRouter(VrrpRouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _template = new VrrpAdvertisementTemplate(options);
        _options = options;
        _totalPriority = options.Priority;
        Adopt(options);
        EffectivePriority = options.Priority;
        if (options.SourceAddress.IsNone)
            _faults = [new VrrpFault(VrrpFaultReason.NoSourceAddress)];
    }

    /// <summary>The options in force.</summary>
    public VrrpRouterOptions Options => _options;

    /// <summary>The state.</summary>
    public VrrpState State { get; private set; }

    /// <summary>The priority that is advertised now: 1-254, or 255 for an owner.</summary>
    public byte EffectivePriority { get; private set; }

    /// <summary>The sum of base priority and weights, which may be beyond 1-254.</summary>
    public int TotalPriority => _totalPriority;

    /// <summary>The source address of the adverts; <see cref="InetAddress.None"/> if there is none.</summary>
    public InetAddress SourceAddress { get; private set; }

    /// <summary>
    /// The master that a backup follows; <see cref="InetAddress.None"/> if none was heard. While master, the last other one.
    /// </summary>
    public InetAddress MasterAddress { get; private set; }

    /// <summary>The priority of <see cref="MasterAddress"/>.</summary>
    public byte MasterPriority { get; private set; }

    /// <summary>The source of the last advert accepted; tells routers apart that share VRID and socket in unicast.</summary>
    public InetAddress LastSource { get; private set; }

    /// <summary>The master's advertisement interval in nanoseconds: learned in version 3, the configured one in version 2.</summary>
    public long MasterInterval { get; private set; }

    /// <summary>The master down interval in nanoseconds.</summary>
    public long MasterDownInterval =>
        VrrpIntervals.MasterDownInterval(_options.Version, SkewPriority, MasterInterval, _options.DownTimerAdverts);

    /// <summary>The skew time in nanoseconds.</summary>
    public long SkewTime => VrrpIntervals.SkewTime(_options.Version, SkewPriority, MasterInterval);

    /// <summary>When the state last changed.</summary>
    public long LastTransition { get; private set; }

    /// <summary>The counters.</summary>
    public VrrpStatistics Statistics { get; } = new();

    /// <summary>The faults that hold the router in <see cref="VrrpState.Fault"/>.</summary>
    public IReadOnlyCollection<VrrpFault> Faults => _faults;

    /// <summary>When <see cref="HandleTimeout"/> must be called next; <see cref="MonotonicClock.Never"/> if nothing is awaited.</summary>
    public long NextDeadline => Math.Min(Math.Min(_timer, _ownerConflictUntil), NextAnnouncement);

    /// <summary>Where an advertisement goes: the group, or each unicast peer in order.</summary>
    public ReadOnlySpan<InetAddress> Destinations =>
        _options.IsUnicast ? _destinations : new ReadOnlySpan<InetAddress>(in _group);

    /// <summary>An owner's skew keeps to its base priority, also while a conflict with another owner lowers the effective one.</summary>
    private int SkewPriority => _options.IsOwner ? 255 : EffectivePriority;

    /// <summary>Whether an address is one of the unicast peers.</summary>
    public bool HasPeer(InetAddress address)
    {
        foreach (ref readonly var peer in _options.Peers.AsSpan())
        {
            if (peer.Address == address)
                return true;
        }

        return false;
    }

    /// <summary>Starts: to backup, to fault if a fault is set, or, as an owner, to master at the first timeout.</summary>
    /// <param name="now">The present.</param>
    /// <param name="notBefore">The end of the startup delay: nothing is sent or accepted before it. 0 for none.</param>
    /// <exception cref="InvalidOperationException">It was started already.</exception>
    public void Start(long now, long notBefore = 0)
    {
        if (State != VrrpState.Initialize)
            throw new InvalidOperationException($"Virtual router '{_options.Name}' was started already.");
        _notBefore = notBefore;
        ForgetMaster();
        WantedState = PrefersMaster ? VrrpState.Master : VrrpState.Backup;
        if (_faults.Length > 0)
        {
            WantedState = VrrpState.Fault;
            SetState(VrrpState.Fault, VrrpStateReason.Fault, now);
            SyncGroup?.FollowToFault(this, now);
        }
        else if (SyncGroup is { HasFault: true })
        {
            SetState(VrrpState.Fault, VrrpStateReason.Synchronized, now);
        }
        else if (StartsAsMaster)
        {
            // RFC 9568 section 6.4.1: an owner does not wait. The microsecond puts it behind everything else that starts now.
            State = VrrpState.Backup;
            Arm(MonotonicClock.Microsecond, now);
        }
        else
        {
            SetState(VrrpState.Backup, VrrpStateReason.Started, now);
            // Members that all prefer to be master ask for one interval of silence only: none of them is master before all are.
            var isShort = SyncGroup is { State: VrrpState.Backup } && WantedState == VrrpState.Master;
            Arm(isShort ? MasterInterval + VrrpIntervals.SkewTime(_options.Version, 255, MasterInterval) : MasterDownInterval, now);
        }
    }

    /// <summary>Stops: a master sends priority 0 and removes its addresses. Afterwards the router may be started again.</summary>
    public void Stop(long now)
    {
        if (State == VrrpState.Master)
        {
            LeaveMaster(VrrpState.Initialize, VrrpStateReason.Stopped, resign: true, now);
        }
        else if (State != VrrpState.Initialize)
        {
            _timer = Never;
            SetState(VrrpState.Initialize, VrrpStateReason.Stopped, now);
        }
    }

    /// <summary>Stops without a word and leaves the addresses where they are (--dont-release-vrrp).</summary>
    public void Abandon(long now)
    {
        if (State == VrrpState.Initialize)
            return;
        _timer = Never;
        CancelAnnouncements();
        CancelOwnerConflict();
        SetState(VrrpState.Initialize, VrrpStateReason.Stopped, now);
    }

    /// <summary>Does what is due at <paramref name="now"/>; nothing if called early.</summary>
    public void HandleTimeout(long now)
    {
        if (now >= _timer)
        {
            WantedState = VrrpState.Master;
            if (State == VrrpState.Backup)
                BecomeMaster(_wantsMaster && MasterAddress.IsNone ? VrrpStateReason.Owner : VrrpStateReason.MasterDown, now);
            else
                HandleAdvertisementTimer(now);
        }

        if (now >= _ownerConflictUntil)
            EndOwnerConflict();
        HandleAnnouncements(now);
    }

    /// <summary>
    /// The bytes of an advertisement for one destination: over IPv4 a whole packet with its header, over IPv6 the payload. Valid until the
    /// next call.
    /// </summary>
    /// <param name="action">A dequeued <see cref="VrrpActionKind.SendAdvertisement"/>.</param>
    /// <param name="destination">One of <see cref="Destinations"/>.</param>
    /// <param name="utcNow">
    /// Nanoseconds since 1970, UTC, for an HMAC trailer; the copies of one advertisement carry that of the first call. Not used without
    /// <see cref="VrrpRouterOptions.Hmac"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The action is of another kind, the destination of another family, or the time is needed and missing.
    /// </exception>
    public ReadOnlySpan<byte> GetAdvertisement(scoped in VrrpAction action, InetAddress destination, long utcNow = 0)
    {
        if (action.Kind != VrrpActionKind.SendAdvertisement)
            throw new ArgumentException("The action does not send an advertisement.", nameof(action));
        var sequence = _options.Hmac is { Signs: true } ? NumberOf(action, utcNow) : (ulong)action.Value;
        return _template.Patch(action.Priority, action.PacketId, _packetSource, destination, sequence);
    }

    /// <summary>The next action, in the order in which they must be carried out.</summary>
    public bool TryDequeue(out VrrpAction action) => _actions.TryDequeue(out action);

    /// <summary>Takes over what follows from new options alone.</summary>
    private void Adopt(VrrpRouterOptions options)
    {
        _options = options;
        _ownInterval = MonotonicClock.FromTimeSpan(options.AdvertisementInterval);
        MasterInterval = _ownInterval;
        _wantsMaster = options.IsOwner && options.InitialState != VrrpState.Backup;
        _group = options.IsUnicast ? InetAddress.None : options.EffectiveGroup;
        _destinations = options.IsUnicast ? [.. options.Peers.Select(static peer => peer.Address)] : [];
        _checksPeers = options.IsUnicast && (options.CheckUnicastSource || options.Peers.Any(static peer => peer.HasHopLimitRange));
        AdoptReplayMarks();
        if (options.OldUnicastChecksum == VrrpOldUnicastChecksum.Always && options.IsUnicast)
            _template.UseOldUnicastChecksum(options.OldUnicastChecksumGroup);
        if (!options.SourceAddress.IsNone)
            SourceAddress = _packetSource = options.SourceAddress;
    }

    /// <summary>Arms the timer; while the startup delay runs, counting from its end.</summary>
    private void Arm(long interval, long now) => _timer = Math.Max(now, _notBefore) + interval;

    private void SetState(VrrpState state, VrrpStateReason reason, long now)
    {
        State = state;
        LastTransition = now;
        _actions.Enqueue(VrrpAction.StateChanged(_reportedState, state, reason, EffectivePriority));
        _reportedState = state;
    }

    private void Send(byte priority, VrrpAdvertisementReason reason, long now)
    {
        // Nothing can be sent from no address. Over IPv4 a master that just lost its address still resigns from it.
        if (_options.Family == AddressFamily.InterNetworkV6 ? SourceAddress.IsNone : _packetSource.IsNone)
            return;
        if (++_packetId == 0)
            _packetId = 1;
        _lastSent = now;
        Statistics.AdvertisementsSent++;
        if (priority == 0)
            Statistics.PriorityZeroSent++;
        _actions.Enqueue(VrrpAction.SendAdvertisement(priority, _packetId, NextSequence(), reason));
        CountTowardsOwnerConflict(now);
    }
}
