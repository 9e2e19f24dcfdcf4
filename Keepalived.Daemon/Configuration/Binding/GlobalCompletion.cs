using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Daemon.Configuration.Scripts;
using static Keepalived.Daemon.Configuration.Keywords.GlobalKeywords;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the record of the root-level keywords and <c>global_defs</c>.</summary>
internal sealed partial class GlobalCompletion(
    BindContext context, BlockValues root, ScriptChecker checker, bool hasRouters, bool hasServers)
{
    private readonly BlockValues _global = context.Global;

    public GlobalDefinitions Complete() => new()
    {
        RouterId = _global.Get(RouterId),
        Mail = Mail(),
        Instance = root.Get(RootKeywords.Instance),
        NetNamespace = root.Get(RootKeywords.NetNamespace),
        NetNamespaceIpvs = root.Get(RootKeywords.NetNamespaceIpvs),
        UsePidDirectory = root.Get(RootKeywords.UsePidDir) || root.Has(RootKeywords.Instance) || root.Has(RootKeywords.NetNamespace),
        ChildWaitTime = Seconds(root.Get(RootKeywords.ChildWaitTime)),
        VrrpProcess = Process(GlobalKeywords.VrrpProcess, "keepalived_vrrp"),
        CheckerProcess = Process(GlobalKeywords.CheckerProcess, "keepalived_lvs") with
        {
            Name = _global.Get(GlobalKeywords.CheckerProcess.Name) ?? _global.Get(LvsProcessName) ?? StandardName("keepalived_lvs"),
        },
        BfdProcess = Process(GlobalKeywords.BfdProcess, "keepalived_bfd"),
        ProcessNames = _global.Get(ProcessNames),
        ProcessName = _global.Get(ProcessName),
        MaxAutoPriority = _global.Get(MaxAutoPriority),
        MinAutoPriorityDelay = TimeSpan.FromMicroseconds(_global.Get(MinAutoPriorityDelay)),
        Firewall = Firewall(),
        Umask = _global.Get(Umask),
        HasUmask = _global.Has(Umask),
        ScriptSecurity = _global.Get(EnableScriptSecurity),
        UseSymlinkPaths = _global.Get(UseSymlinkPaths),
        StartupScript = checker.Check(_global.Get(StartupScript)),
        StartupScriptTimeout = Seconds(_global.Get(StartupScriptTimeout)),
        ShutdownScript = checker.Check(_global.Get(ShutdownScript)),
        ShutdownScriptTimeout = Seconds(_global.Get(ShutdownScriptTimeout)),
        NotifyFifo = Fifo(GlobalKeywords.NotifyFifo, null, hasRouters || hasServers),
        VrrpNotifyFifo = Fifo(GlobalKeywords.VrrpNotifyFifo, GlobalKeywords.NotifyFifo, hasRouters),
        LvsNotifyFifo = Fifo(GlobalKeywords.LvsNotifyFifo, GlobalKeywords.NotifyFifo, hasServers),
        WriteStatesOnReload = _global.Get(FifoWriteVrrpStatesOnReload),
        DynamicInterfaces = _global.Get(GlobalKeywords.DynamicInterfaces),
        DefaultInterface = _global.Has(DefaultInterface) ? _global.Get(DefaultInterface) : null,
        Interfaces = new InterfaceConfiguration
        {
            VmacPrefix = _global.Get(VmacPrefix) ?? "vrrp",
            VmacAddressPrefix = _global.Get(VmacAddrPrefix),
            Polled = root.Get(RootKeywords.LinkbeatInterfaces).Freeze(),
            PollAll = root.Get(RootKeywords.LinkbeatUsePolling),
            Delays = root.Get(RootKeywords.InterfaceUpDownDelays).Freeze(),
        },
        Vrrp = Defaults(),
        Lvs = LvsCompletion.Complete(_global),
        NftablesIpvs = _global.Get(NftablesIpvs) is { } table
            ? new NftablesIpvsDefinitions(table, _global.Get(NftablesIpvsPriority), _global.Get(NftablesIpvsStartFwmark)) : null,
        Snmp = Snmp(),
        Dbus = new DbusDefinitions
        {
            IsEnabled = _global.Get(EnableDbus),
            ServiceName = _global.Get(DbusServiceName)!,
            NoInterfaceName = _global.Get(DbusNoInterfaceName)!,
        },
        NetlinkBuffers = Buffers(),
        DisableLocalIgmp = _global.Get(DisableLocalIgmp),
        ConfigurationSaveDirectory = _global.Get(ConfigSaveDir),
        RandomSeed = _global.Has(RandomSeed) ? _global.Get(RandomSeed) : null,
        ReloadCheckLog = _global.Get(ReloadCheckConfig),
        ReloadTimeFile = _global.Get(ReloadTimeFile),
        ReloadRepeat = _global.Get(ReloadRepeat),
        ReloadFile = _global.Get(ReloadFile),
        StateDumpFile = _global.Get(StateDumpFile),
        StatsDumpFile = _global.Get(StatsDumpFile),
        JsonDumpFile = _global.Get(JsonDumpFile),
        JsonVersion = _global.Get(JsonVersion),
        DataUseInstance = _global.Get(DataUseInstance),
    };

    private FirewallConfiguration Firewall()
    {
        if (_global.Has(VrrpIptables) && !_global.Has(Nftables))
        {
            context.Remark(_global.LocationOf(VrrpIptables), DiagnosticCodes.Conflict,
                $"iptables is not used: an nftables table '{FirewallConfiguration.DefaultTable}' does the same");
        }

        if (_global.Has(VrrpIpsets))
        {
            context.Remark(_global.LocationOf(VrrpIpsets), DiagnosticCodes.Conflict,
                "ipsets are not used: nftables has sets of its own, and what these are called means nothing");
        }

        return new FirewallConfiguration
        {
            Table = _global.Get(Nftables) ?? FirewallConfiguration.DefaultTable,
            Priority = _global.Get(NftablesPriority),
            Counters = _global.Get(NftablesCounters),
            MatchByIndex = _global.Get(NftablesIfindex),
        };
    }

    private MailConfiguration Mail()
    {
        var (host, port) = _global.Get(SmtpServer);
        return new MailConfiguration
        {
            Server = _global.Has(SmtpServer) ? host : null,
            Port = _global.Has(SmtpServer) ? port : MailConfiguration.None.Port,
            Timeout = Seconds(_global.Get(SmtpConnectTimeout)),
            HeloName = _global.Get(SmtpHeloName),
            From = _global.Get(NotificationEmailFrom),
            Recipients = _global.Get(NotificationEmail).Freeze(),
            RouterId = _global.Get(RouterId),
            NoFaults = _global.Get(NoEmailFaults),
            CheckerAlert = _global.Get(SmtpAlertChecker) ?? _global.Get(SmtpAlert),
            OnlyServers = _global.Get(NoCheckerEmails),
        };
    }

    private ProcessConfiguration Process(ProcessKeywords keywords, string standardName) => new()
    {
        Name = _global.Get(keywords.Name) ?? StandardName(standardName),
        Nice = _global.Has(keywords.Nice) ? _global.Get(keywords.Nice) : null,
        RealTimePriority = _global.Has(keywords.RealTimePriority) ? _global.Get(keywords.RealTimePriority) : null,
        NoSwap = _global.Get(keywords.NoSwap),
        CpuAffinity = EquatableArray.Create<int>(_global.Get(keywords.CpuAffinity)),
        RealTimeLimitMicroseconds = _global.Has(keywords.RealTimeLimit) || !_global.Has(keywords.OldRealTimeLimit)
            ? _global.Get(keywords.RealTimeLimit) : _global.Get(keywords.OldRealTimeLimit),
    };

    private string? StandardName(string name) => _global.Get(ProcessNames) ? name : null;

    // A FIFO that another one is already written to is left out.
    private NotifyFifoConfiguration? Fifo(FifoKeywords keywords, FifoKeywords? wider, bool isUsed)
    {
        if (_global.Get(keywords.Fifo) is not { } fifo)
            return null;
        if (wider is not null && _global.Get(wider.Fifo) is { } other && other.Path == fifo.Path)
        {
            context.Remark(fifo.Location, DiagnosticCodes.Conflict,
                $"{keywords.Fifo.Name} is the same as {wider.Fifo.Name}; it is left out");
            return null;
        }

        return new NotifyFifoConfiguration
        {
            Path = fifo.Path,
            UserId = fifo.User.UserId,
            GroupId = fifo.User.GroupId,
            Script = isUsed ? checker.Check(_global.Get(keywords.FifoScript)) : null,
        };
    }

    private VrrpDefaults Defaults()
    {
        var (policy, size) = _global.Get(VrrpRxBufsPolicy);
        return new VrrpDefaults
        {
            Version = _global.Get(VrrpVersion),
            MulticastGroup4 = _global.Get(VrrpMcastGroup4),
            MulticastGroup6 = _global.Get(VrrpMcastGroup6),
            Garp = Garp(),
            GarpInterval = _global.Get(VrrpGarpInterval),
            GnaInterval = _global.Get(VrrpGnaInterval),
            Strict = _global.Get(VrrpStrict),
            CheckUnicastSource = _global.Get(VrrpCheckUnicastSrc),
            SkipCheckAddresses = _global.Get(VrrpSkipCheckAdvAddr),
            HigherPrioritySendAdvert = _global.Get(VrrpHigherPrioSendAdvert),
            LowerPriorityNoAdvert = _global.Get(VrrpLowerPrioNoAdvert),
            OwnerIgnoreAdverts = _global.Get(VrrpOwnerIgnoreAdverts),
            ChecksumAsVersion2 = _global.Get(V3ChecksumAsV2),
            DownTimerAdverts = _global.Get(VrrpDownTimerAdverts),
            StartupDelay = _global.Get(VrrpStartupDelay),
            DelayAfterBoot = _global.Get(VrrpDelayAfterBoot),
            LogUnknownVrids = _global.Get(LogUnknownVrids),
            ReceiveBufferPolicy = policy,
            ReceiveBufferSize = size,
            ReceiveBufferMultiplier = _global.Get(VrrpRxBufsMultiplier),
            NotifyPriorityChanges = _global.Get(VrrpNotifyPriorityChanges),
        };
    }

    private GarpConfiguration Garp()
    {
        // vrrp_min_garp counts only for what has not been said.
        var min = _global.Get(VrrpMinGarp);
        var delay = Seconds(min && !_global.Has(VrrpGarpMasterDelay) ? 0 : _global.Get(VrrpGarpMasterDelay));
        var repeat = min && !_global.Has(VrrpGarpMasterRepeat) ? 1 : _global.Get(VrrpGarpMasterRepeat);
        var (interval, all) = _global.Get(_global.Has(VrrpGarpExtraIf) ? VrrpGarpExtraIf : VrrpVmacGarpIntvl);
        return new GarpConfiguration
        {
            MasterDelay = delay,
            MasterRepeat = repeat,
            MasterRefresh = Seconds(_global.Get(VrrpGarpMasterRefresh)),
            MasterRefreshRepeat = _global.Get(VrrpGarpMasterRefreshRepeat),
            LowerPriorityDelay = _global.Has(VrrpGarpLowerPrioDelay) ? Seconds(_global.Get(VrrpGarpLowerPrioDelay)) : delay,
            LowerPriorityRepeat = _global.Has(VrrpGarpLowerPrioRepeat) ? _global.Get(VrrpGarpLowerPrioRepeat) : repeat,
            ExtraInterfaceInterval = interval,
            ExtraInterfaceAll = all,
        };
    }
}
