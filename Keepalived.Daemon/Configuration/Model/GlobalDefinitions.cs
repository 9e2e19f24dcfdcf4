using Keepalived.Daemon.Configuration.Model.Globals;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The root-level keywords and <c>global_defs</c>.</summary>
public sealed record GlobalDefinitions
{
    /// <summary><c>router_id</c>; the host's name if null.</summary>
    public string? RouterId { get; init; }

    /// <summary>How events are mailed.</summary>
    public MailConfiguration Mail { get; init; } = MailConfiguration.None;

    /// <summary><c>instance</c>: the name in pid files and logs.</summary>
    public string? Instance { get; init; }

    /// <summary><c>net_namespace</c>: the network namespace to run in.</summary>
    public string? NetNamespace { get; init; }

    /// <summary><c>net_namespace_ipvs</c>: the namespace of IPVS; empty for the default one, null if not given.</summary>
    public string? NetNamespaceIpvs { get; init; }

    /// <summary><c>use_pid_dir</c>, also implied by <c>instance</c> and <c>net_namespace</c>.</summary>
    public bool UsePidDirectory { get; init; }

    /// <summary><c>child_wait_time</c>: how long children may take to stop.</summary>
    public TimeSpan ChildWaitTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The VRRP process.</summary>
    public ProcessConfiguration VrrpProcess { get; init; } = new();

    /// <summary>The checker process.</summary>
    public ProcessConfiguration CheckerProcess { get; init; } = new();

    /// <summary>The BFD process.</summary>
    public ProcessConfiguration BfdProcess { get; init; } = new();

    /// <summary><c>process_names</c>: children carry names of their own.</summary>
    public bool ProcessNames { get; init; }

    /// <summary><c>process_name</c>: the supervisor's name.</summary>
    public string? ProcessName { get; init; }

    /// <summary><c>max_auto_priority</c>: the cap of automatic real-time promotion; 0: never, -1: never and silent.</summary>
    public int MaxAutoPriority { get; init; }

    /// <summary><c>min_auto_priority_delay</c>: the lateness of a timer that triggers promotion.</summary>
    public TimeSpan MinAutoPriorityDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>umask</c>, 0..0777.</summary>
    public int Umask { get; init; } = 0b001_111_111;

    /// <summary>Whether the configuration said <c>umask</c>.</summary>
    public bool HasUmask { get; init; }

    /// <summary><c>enable_script_security</c></summary>
    public bool ScriptSecurity { get; init; }

    /// <summary><c>use_symlink_paths</c></summary>
    public bool UseSymlinkPaths { get; init; }

    /// <summary><c>startup_script</c>; none if null.</summary>
    public ScriptConfiguration? StartupScript { get; init; }

    /// <summary><c>startup_script_timeout</c></summary>
    public TimeSpan StartupScriptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>shutdown_script</c>; none if null.</summary>
    public ScriptConfiguration? ShutdownScript { get; init; }

    /// <summary><c>shutdown_script_timeout</c></summary>
    public TimeSpan ShutdownScriptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>notify_fifo</c>; none if null.</summary>
    public NotifyFifoConfiguration? NotifyFifo { get; init; }

    /// <summary><c>vrrp_notify_fifo</c>; none if null.</summary>
    public NotifyFifoConfiguration? VrrpNotifyFifo { get; init; }

    /// <summary><c>lvs_notify_fifo</c>; none if null.</summary>
    public NotifyFifoConfiguration? LvsNotifyFifo { get; init; }

    /// <summary><c>fifo_write_vrrp_states_on_reload</c></summary>
    public bool WriteStatesOnReload { get; init; }

    /// <summary><c>dynamic_interfaces</c></summary>
    public DynamicInterfaces DynamicInterfaces { get; init; }

    /// <summary><c>default_interface</c>; eth0 if null.</summary>
    public string? DefaultInterface { get; init; }

    /// <summary>What is said of the interfaces of all instances.</summary>
    public InterfaceConfiguration Interfaces { get; init; } = new();

    /// <summary>Defaults of VRRP instances.</summary>
    public VrrpDefaults Vrrp { get; init; } = new();

    /// <summary>IPVS and checks.</summary>
    public LvsDefinitions Lvs { get; init; } = new();

    /// <summary>The packet filter.</summary>
    public FirewallConfiguration Firewall { get; init; } = new();

    /// <summary><c>nftables_ipvs</c>; not used if null.</summary>
    public NftablesIpvsDefinitions? NftablesIpvs { get; init; }

    /// <summary>SNMP.</summary>
    public SnmpDefinitions Snmp { get; init; } = new();

    /// <summary>D-Bus.</summary>
    public DbusDefinitions Dbus { get; init; } = new();

    /// <summary>Receive buffers of netlink sockets.</summary>
    public NetlinkBuffers NetlinkBuffers { get; init; } = new();

    /// <summary><c>disable_local_igmp</c>: whether membership of link-local groups is not reported.</summary>
    public bool DisableLocalIgmp { get; init; }

    /// <summary><c>config_save_dir</c>: where copies of the configuration are kept at each reload; nowhere if null.</summary>
    public string? ConfigurationSaveDirectory { get; init; }

    /// <summary><c>random_seed</c>; from the clock if null.</summary>
    public uint? RandomSeed { get; init; }

    /// <summary><c>reload_check_config</c>: the log file of the check before a reload; null if the check is off.</summary>
    public string? ReloadCheckLog { get; init; }

    /// <summary><c>reload_time_file</c>; none if null.</summary>
    public string? ReloadTimeFile { get; init; }

    /// <summary><c>reload_repeat</c></summary>
    public bool ReloadRepeat { get; init; }

    /// <summary><c>reload_file</c>: its path, empty for the default one; null if off.</summary>
    public string? ReloadFile { get; init; }

    /// <summary><c>state_dump_file</c>, <c>stats_dump_file</c> and <c>json_dump_file</c>; the default names if null.</summary>
    public string? StateDumpFile { get; init; }

    /// <inheritdoc cref="StateDumpFile"/>
    public string? StatsDumpFile { get; init; }

    /// <inheritdoc cref="StateDumpFile"/>
    public string? JsonDumpFile { get; init; }

    /// <summary><c>json_version</c>, 1 or 2.</summary>
    public int JsonVersion { get; init; } = 1;

    /// <summary><c>data_use_instance</c></summary>
    public bool DataUseInstance { get; init; }
}
