using Keepalived.Daemon.Configuration.Model.Globals;
using static Keepalived.Daemon.Configuration.Keywords.GlobalKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>SNMP and netlink.</summary>
internal sealed partial class GlobalCompletion
{
    private SnmpDefinitions Snmp()
    {
        var interval = _global.Get(SnmpVsStatsUpdateInterval);
        return new SnmpDefinitions
        {
            Socket = _global.Get(SnmpSocket)!,
            Traps = _global.Get(EnableTraps),
            Vrrp = _global.Get(EnableSnmpVrrp) || _global.Get(EnableSnmpKeepalived),
            Checker = _global.Get(EnableSnmpChecker),
            Rfc2787 = _global.Get(EnableSnmpRfc) || _global.Get(EnableSnmpRfcv2),
            Rfc6527 = _global.Get(EnableSnmpRfc) || _global.Get(EnableSnmpRfcv3),
            VirtualServerInterval = interval,
            RealServerInterval = _global.Find(SnmpRsStatsUpdateInterval) ?? interval,
        };
    }

    private NetlinkBuffers Buffers()
    {
        return new NetlinkBuffers
        {
            VrrpCommand = Of(VrrpNetlinkCommand),
            VrrpMonitor = Of(VrrpNetlinkMonitor),
            IpvsCommand = Of(LvsNetlinkCommand),
            IpvsMonitor = Of(LvsNetlinkMonitor),
            ProcessMonitor = Of(ProcessMonitor),
        };

        NetlinkBuffer Of(BufferKeywords keywords) => new(_global.Get(keywords.Size), _global.Get(keywords.Force));
    }
}
