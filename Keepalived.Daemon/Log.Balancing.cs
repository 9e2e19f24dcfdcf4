using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon;

/// <content>Virtual servers, real servers and their checks: 6200 to 6299.</content>
internal static partial class Log
{
    [LoggerMessage(6200, LogLevel.Error, "The IPVS table could not be changed, which is tried again: {Problem}")]
    public static partial void KernelTableRefused(ILogger logger, string problem);

    [LoggerMessage(6201, LogLevel.Information, "The IPVS table is right again: {Count} changes made")]
    public static partial void KernelTableRepaired(ILogger logger, int count);

    [LoggerMessage(6202, LogLevel.Error, "Real server {Server} of VS {Service} is another one's double for the kernel: it is left out")]
    public static partial void RealServerDuplicate(ILogger logger, string server, string service);

    [LoggerMessage(6203, LogLevel.Error, "A check of real server {Server} of VS {Service} cannot be made and is left out: {Problem}")]
    public static partial void CheckImpossible(ILogger logger, string server, string service, string problem);

    [LoggerMessage(6205, LogLevel.Error, "VS {Service} is left out: {Problem}")]
    public static partial void ServiceImpossible(ILogger logger, string service, string problem);

    [LoggerMessage(6206, LogLevel.Information, "Activating healthchecker for service {Server} for VS {Service}")]
    public static partial void CheckActivated(ILogger logger, string server, string service);

    [LoggerMessage(6207, LogLevel.Information, "Suspending healthchecker for service {Server} for VS {Service}")]
    public static partial void CheckSuspended(ILogger logger, string server, string service);

    [LoggerMessage(6208, LogLevel.Information, "{Action} service {Server} {Direction} VS {Service}")]
    public static partial void ServerMoves(ILogger logger, string action, string server, string direction, string service);

    [LoggerMessage(6209, LogLevel.Information, "{Action} sorry server {Server} {Direction} VS {Service}")]
    public static partial void SorryServerMoves(ILogger logger, string action, string server, string direction, string service);

    [LoggerMessage(6210, LogLevel.Information, "{Change}")]
    public static partial void QuorumChanged(ILogger logger, string change);

    [LoggerMessage(6211, LogLevel.Information, "Changing weight from {Before} to {Now} for {State} service {Server} of VS {Service}")]
    public static partial void WeightChanged(ILogger logger, long before, long now, string state, string server, string service);

    [LoggerMessage(6212, LogLevel.Information, "{Text}")]
    public static partial void CheckChanged(ILogger logger, string text);

    [LoggerMessage(6213, LogLevel.Information, "{Text} ({Reason})")]
    public static partial void CheckFailed(ILogger logger, string text, string reason);

    [LoggerMessage(6214, LogLevel.Warning, "{Kind} to {Server} of VS {Service} could not be made, which is tried again: {Reason}")]
    public static partial void CheckNotMade(ILogger logger, string kind, string server, string service, string reason);

    [LoggerMessage(6215, LogLevel.Information, "Shutting down service {Server} from VS {Service}")]
    public static partial void ServerShutDown(ILogger logger, string server, string service);

    [LoggerMessage(6216, LogLevel.Error, "IPVS: Can't initialize ipvs: {Problem}")]
    public static partial void IpvsMissing(ILogger logger, string problem);

    [LoggerMessage(6217, LogLevel.Information, "Netlink reflector reports IP {Address} {Change}")]
    public static partial void AddressChanged(ILogger logger, string address, string change);

    [LoggerMessage(6218, LogLevel.Warning, "net.ipv4.ping_group_range cannot be changed, so that PING_CHECK may not work: {Problem}")]
    public static partial void PingRangeNotSet(ILogger logger, string problem);

    [LoggerMessage(6219, LogLevel.Information, "VS {Service} follows VRRP instance {Instance}: it is {State}")]
    public static partial void ServiceFollows(ILogger logger, string service, string instance, string state);

    [LoggerMessage(6220, LogLevel.Information, "({Server}): tracked file {File} now {State}")]
    public static partial void TrackedFileState(ILogger logger, string server, string file, string state);

    [LoggerMessage(6221, LogLevel.Information, "BFD check of [{Instance}] RS({Server}) is {State}")]
    public static partial void BfdCheckState(ILogger logger, string instance, string server, string state);

    [LoggerMessage(6222, LogLevel.Warning, "The IPVS table had been changed by others: {Count} changes made to put it right")]
    public static partial void DriftRepaired(ILogger logger, int count);

    [LoggerMessage(6223, LogLevel.Error, "IPVS sync daemon: {Problem}")]
    public static partial void SyncDaemonFailed(ILogger logger, string problem);

    [LoggerMessage(6225, LogLevel.Error, "VS {Service} is to be there while VRRP instance {Instance} is master, and there is no such instance")]
    public static partial void FollowedInstanceUnknown(ILogger logger, string service, string instance);

    [LoggerMessage(6226, LogLevel.Information, "Virtual server {Name} {State} its quorum")]
    public static partial void TrackedQuorum(ILogger logger, string name, string state);

    [LoggerMessage(6227, LogLevel.Warning, "The checker process says nothing of virtual server {Name}: it counts as without its quorum")]
    public static partial void TrackedQuorumUnknown(ILogger logger, string name);

    [LoggerMessage(6228, LogLevel.Error, "nftables_ipvs: {Problem}")]
    public static partial void MarksRefused(ILogger logger, string problem);

    [LoggerMessage(6229, LogLevel.Warning, "nftables_ipvs cannot be used: each address of a group becomes a service of its own")]
    public static partial void MarksUnused(ILogger logger);

    [LoggerMessage(6230, LogLevel.Warning, "The tables {Table} of the packet filter had been changed by others, and are made anew")]
    public static partial void MarksRepaired(ILogger logger, string table);

    [LoggerMessage(6231, LogLevel.Error, "VS {Name}: {Range} belongs to another virtual server already, which keeps it")]
    public static partial void MarksOverlap(ILogger logger, string name, string range);

    [LoggerMessage(6232, LogLevel.Information, "{Action} alive servers {Direction} the pool for VS {Service}")]
    public static partial void PoolMoves(ILogger logger, string action, string direction, string service);

    [LoggerMessage(6233, LogLevel.Information, "Removing Virtual Server {Service}")]
    public static partial void ServiceRemoved(ILogger logger, string service);

    [LoggerMessage(6224, LogLevel.Error, "IPVS timeouts: {Problem}")]
    public static partial void TimeoutsFailed(ILogger logger, string problem);
}
