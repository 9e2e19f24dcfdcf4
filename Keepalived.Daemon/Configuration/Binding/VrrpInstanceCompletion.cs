using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.VrrpInstanceKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// Makes the record of a <c>vrrp_instance</c>: fills in what the globals say, and settles what keywords say against each other. What
/// cannot be
/// is fatal, what can be mended is mended and reported.
/// </summary>
internal sealed partial class VrrpInstanceCompletion(BindContext context, GlobalDefinitions global, ScriptChecker checker)
{
    private const int OwnerPriority = 255;
    private const int DefaultPriority = 100;

    private readonly VrrpDefaults _defaults = global.Vrrp;

    private string _name = string.Empty;

    /// <summary>The record; null, reported, if there can be none.</summary>
    public VrrpInstanceConfiguration? Complete(BlockValues values, TrackableScripts scripts)
    {
        _name = values.Name;
        var strict = values.Get(StrictMode) ?? _defaults.Strict;
        var family = Family(values);
        var version = Version(values, family, strict);
        var (isMaster, priority) = StateAndPriority(values, strict);
        var isOwner = priority == OwnerPriority;
        var peers = Peers(values, family);
        var isUnicast = peers.Count > 0;
        var source = Source(values, family);
        var facts = CheckInterface(values, isUnicast, source, strict);
        if (!values.Has(VirtualRouterId))
            Fatal(values.Location, DiagnosticCodes.MissingKeyword, "virtual_router_id is missing", "virtual_router_id 1..255");

        CheckVmac(values, family, source, isUnicast, strict);
        CheckUnicast(values, isUnicast);
        CheckTracked(values);
        var hmac = AuthenticateByHmac(values, strict);
        var authentication = Authenticate(values, version, family, strict, hmac is not null);
        if (authentication?.Type == AuthenticationType.AuthenticationHeader && isMaster && !isOwner)
        {
            Error(values.LocationOf(State), DiagnosticCodes.Conflict, "AH does not go with state MASTER; BACKUP is used");
            isMaster = false;
        }

        var (addresses, excluded) = Addresses(values, family, version, authentication, hmac, facts, strict, isUnicast);
        var noPreempt = NoPreemption(values, isMaster, isOwner);
        return new VrrpInstanceConfiguration
        {
            Name = values.Name,
            Position = values.Location,
            StartsAsMaster = isMaster,
            Interface = values.Get(Interface),
            Vrf = BindVrf(values, isUnicast),
            VirtualRouterId = (byte)values.Get(VirtualRouterId),
            Priority = (byte)priority,
            AdvertisementInterval = AdvertInterval(values, version),
            Version = version,
            Family = family,
            VirtualAddresses = addresses,
            ExcludedAddresses = excluded,
            VirtualRoutes = values.Get(VirtualRoutes).Freeze(),
            VirtualRules = values.Get(VirtualRules).Freeze(),
            DriftRepair = values.Get(DriftRepair) ?? context.Global.Get(Keywords.GlobalKeywords.VrrpDriftRepair),
            PromoteSecondaries = values.Get(PromoteSecondaries),
            Vmac = Vmac(values, strict),
            Ipvlan = Ipvlan(values, family, isUnicast),
            PollsLink = values.Get(LinkbeatUsePolling),
            VmacForAddresses = values.Get(UseVmacAddr),
            VmacTransmitsOnBase = values.Has(UseVmac) && (isUnicast || (values.Get(VmacXmitBase) && !strict)),
            SourceAddress = source,
            TrackSourceAddress = values.Get(TrackSrcIp),
            MulticastGroup = Group(values, family, isUnicast),
            IsUnicast = isUnicast,
            UnicastPeers = EquatableArray.From(peers),
            FaultWithoutUnicastPeer = values.Get(UnicastFaultNoPeer),
            CheckUnicastSource = values.Get(CheckUnicastSrc) || _defaults.CheckUnicastSource
            || peers.Exists(static peer => peer.MinTtl is not null || peer.MaxTtl is not null),
            UnicastTtl = values.Has(UnicastTtl) ? (byte)values.Get(UnicastTtl) : null,
            LegacyUnicastChecksum = values.Get(OldUnicastChecksum),
            ChecksumAsVersion2 = values.Get(V3ChecksumAsV2) ?? _defaults.ChecksumAsVersion2,
            Authentication = authentication,
            AuthHmac = hmac,
            DontTrackPrimary = values.Get(DontTrackPrimary),
            Tracked = Tracked(values, scripts),
            Accept = Accepts(values, strict, version, isOwner),
            SkipCheckAddresses = values.Get(SkipCheckAdvAddr) ?? _defaults.SkipCheckAddresses,
            Strict = strict,
            NoPreempt = noPreempt,
            PreemptDelay = PreemptionDelay(values, strict, isMaster, noPreempt),
            TimerExpiredBackup = LateTimer(values, noPreempt),
            DownTimerAdverts = DownAdverts(values, strict),
            HigherPrioritySendAdvert = HigherSends(values, strict),
            LowerPriorityNoAdvert = LowerSilent(values, strict),
            OwnerIgnoreAdverts = OwnerIgnores(values, strict, isOwner),
            Garp = Garp(values, strict),
            ReceiveBufferSize = values.Has(KernelRxBufSize) ? values.Get(KernelRxBufSize) : null,
            Notify = Notify(values),
            NotifyPriorityChanges = values.Get(NotifyPriorityChanges),
            SmtpAlert = values.Get(SmtpAlert) ?? context.Global.Get(Keywords.GlobalKeywords.SmtpAlertVrrp)
            ?? context.Global.Get(Keywords.GlobalKeywords.SmtpAlert) ?? false,
        };
    }
}
