using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <content>Reload: read, compare, hand to the children.</content>
internal sealed partial class Supervisor
{
    /// <summary>The configuration before the reload that is in progress, and its snapshot.</summary>
    private (KeepalivedConfiguration Configuration, byte[] Snapshot)? _previous;

    private void Reload()
    {
        if (_phase is Phase.Starting or Phase.Reloading)
        {
            if (!_reloadQueued)
                Log.ReloadQueued(_logger);
            _reloadQueued = true;
            return;
        }

        _reloadQueued = false;
        if (_phase == Phase.Stopping)
            return;

        Log.Reloading(_logger);
        _systemd.Reloading();
        var read = ReadAgain();
        ConfigurationLoading.LogFindings(_logger, read);
        if (WhyRefuse(read) is { } reason)
        {
            Log.ReloadRefused(_logger, reason);
            _systemd.Ready();
            return;
        }

        _previous = (_configuration, _context.Snapshot.Copy());
        _configuration = read.Configuration.ToOutline();
        _context.Snapshot.Write(read.Snapshot);
        _phase = Phase.Reloading;
        ProcessIdentity.Apply(_context.Options, Global, DaemonRole.Supervisor);
        OnLoaded();
        foreach (var child in _children.Values)
        {
            if (child is { Channel: { } channel, OwesStart: false })
                child.OwesReload = channel.Send(new RoleMessage(RoleMessageKind.Reload));
        }

        var wanted = Wanted();
        foreach (var role in DaemonRoleExtensions.Children)
        {
            // A child that waits for its restart keeps waiting: a reload must not shorten its back-off.
            if (wanted.HasFlag(role.ToSet()) && Find(role) is { Process: null, RespawnTimer.IsArmed: false } child)
                StartChild(child);
        }

        CompletePhase();
    }

    /// <summary>A configuration is the one that runs from now on.</summary>
    private void OnLoaded()
    {
        if (Global.ConfigurationSaveDirectory is { } directory)
            ConfigurationArchive.Save(directory, _loads, _context.Snapshot.Read(), _logger);
        _loads++;
        _schedule.Use(Global.ReloadTimeFile, Global.ReloadRepeat);
    }

    private ConfigurationResult ReadAgain()
    {
        var marker = new RunPaths(_context.Options, Global).ReloadFile;
        if (marker is not null)
            ReloadMarker.Create(marker, _logger);
        try
        {
            return _context.Parts.LoadConfiguration(_context.Options.ToLoadOptions());
        }
        finally
        {
            if (marker is not null)
                ReloadMarker.Remove(marker, _logger);
        }
    }

    private string? WhyRefuse(ConfigurationResult read)
    {
        if (Global.ReloadCheckLog is { } log && read.HasFaults)
        {
            ReloadMarker.WriteFindings(log, read, _logger);
            return $"reload_check_config found faults, see {log}";
        }

        if (ConfigurationLoading.WhyNotReload(read) is { } problem)
            return problem;
        var now = read.Configuration.Global;
        return Difference("net_namespace", Global.NetNamespace, now.NetNamespace)
            ?? Difference("net_namespace_ipvs", Global.NetNamespaceIpvs, now.NetNamespaceIpvs)
            ?? Difference("instance", Global.Instance, now.Instance)
            ?? Difference("nftables", Global.Firewall.Table, now.Firewall.Table)
            ?? Difference("nftables_ipvs", Global.NftablesIpvs?.Table, now.NftablesIpvs?.Table)
            ?? Difference("disable_local_igmp", Word(Global.DisableLocalIgmp), Word(now.DisableLocalIgmp));

        static string Word(bool value) => value ? "on" : "off";

        static string? Difference(string what, string? before, string? after) =>
            before == after ? null : $"{what} cannot change on reload (from '{before}' to '{after}')";
    }

    /// <summary>A child could not apply the new configuration: if it dies later, its successor shall not find it either.</summary>
    private void RestoreSnapshot()
    {
        if (_previous is not { } previous)
            return;
        _configuration = previous.Configuration;
        _context.Snapshot.Write(previous.Snapshot);
        _previous = null;
    }
}
