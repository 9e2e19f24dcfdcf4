using Keepalived.Netlink;
using Keepalived.Netlink.Nftables;
using Keepalived.Vrrp.Transport;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp;

/// <summary>
/// Everything this library logs. Event ids 1000-1999; the words of the states and priorities are those operators search for.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "({Router}) Entering BACKUP STATE (init)")]
    public static partial void EnteringBackupAtStart(this ILogger logger, string router);

    [LoggerMessage(1001, LogLevel.Information, "({Router}) Entering BACKUP STATE")]
    public static partial void EnteringBackup(this ILogger logger, string router);

    [LoggerMessage(1002, LogLevel.Information, "({Router}) Entering MASTER STATE")]
    public static partial void EnteringMaster(this ILogger logger, string router);

    [LoggerMessage(1003, LogLevel.Information, "({Router}) Entering FAULT STATE")]
    public static partial void EnteringFault(this ILogger logger, string router);

    [LoggerMessage(1004, LogLevel.Information, "({Router}) Changing effective priority from {From} to {To}")]
    public static partial void PriorityChanged(this ILogger logger, string router, int from, int to);

    [LoggerMessage(1005, LogLevel.Information, "({Router}) Master is {Address} with priority {Priority}")]
    public static partial void MasterChanged(this ILogger logger, string router, InetAddress address, long priority);

    [LoggerMessage(1006, LogLevel.Information, "({Router}) Discarded an advert from {Address}: {Reason}")]
    public static partial void Discarded(this ILogger logger, string router, InetAddress address, VrrpDiscardReason reason);

    [LoggerMessage(1007, LogLevel.Information, "({Router}) {Address} advertises every {Interval} ms, not as often as we do")]
    public static partial void IntervalMismatch(this ILogger logger, string router, InetAddress address, long interval);

    [LoggerMessage(1008, LogLevel.Information, "({Router}) {Address} advertises {Count} addresses, not as many as we do")]
    public static partial void AddressCountMismatch(this ILogger logger, string router, InetAddress address, long count);

    [LoggerMessage(1009, LogLevel.Information, "({Router}) {Address} advertises other addresses than we do")]
    public static partial void AddressListMismatch(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1010, LogLevel.Information, "({Router}) {Address} advertises a first address that is not link-local")]
    public static partial void LinkLocalNotFirst(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1011, LogLevel.Information,
        "({Router}) Ignoring {Address}: its priority {Priority} is lower than ours; waiting to take over")]
    public static partial void LowerPriorityDiscarded(this ILogger logger, string router, InetAddress address, long priority);

    [LoggerMessage(1012, LogLevel.Information, "({Router}) Received an advert of lower priority {Priority} from {Address}")]
    public static partial void LowerPriorityReceived(this ILogger logger, string router, long priority, InetAddress address);

    [LoggerMessage(1013, LogLevel.Information, "({Router}) Received an advert of higher priority {Priority} from {Address}")]
    public static partial void HigherPriorityReceived(this ILogger logger, string router, long priority, InetAddress address);

    [LoggerMessage(1014, LogLevel.Warning,
        "({Router}) Heard an advert with our own source address {Address}: two routers share it, or the network loops")]
    public static partial void OwnSourceAddress(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1015, LogLevel.Warning,
        "({Router}) {Address} claims to own the addresses too, from a higher address: yielding. Correct the configuration")]
    public static partial void OwnerConflictYielding(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1016, LogLevel.Warning, "({Router}) {Address} claims to own the addresses too. Correct the configuration")]
    public static partial void OwnerConflict(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1017, LogLevel.Warning, "({Router}) {Address} persists in owning the addresses: our priority becomes 254")]
    public static partial void OwnerConflictPersists(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1018, LogLevel.Information, "({Router}) The other owner of the addresses, {Address}, fell silent")]
    public static partial void OwnerConflictEnded(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1019, LogLevel.Information,
        "({Router}) Heard an advert of priority {Priority} from {Address}, although we own the addresses")]
    public static partial void HeardByOwner(this ILogger logger, string router, long priority, InetAddress address);

    [LoggerMessage(1020, LogLevel.Information,
        "({Router}) {Address} speaks the unicast checksum of keepalived 1.3.6 and older: so do we from now on")]
    public static partial void OldUnicastChecksum(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1021, LogLevel.Information, "({Router}) Waiting {Delay} ms before preempting {Address}")]
    public static partial void PreemptDelayStarted(this ILogger logger, string router, long delay, InetAddress address);

    [LoggerMessage(1022, LogLevel.Warning,
        "({Router}) {Address} has our priority {Priority}: the higher address wins. Give each router its own")]
    public static partial void EqualPriority(this ILogger logger, string router, InetAddress address, long priority);

    [LoggerMessage(1023, LogLevel.Information, "({Router}) {Notice}: {Address}, {Value}")]
    public static partial void Notice(this ILogger logger, string router, VrrpNotice notice, InetAddress address, long value);

    [LoggerMessage(1025, LogLevel.Information, "VRRP_Group({Group}) Syncing instances to {State} state")]
    public static partial void SynchronizingGroup(this ILogger logger, string group, string state);

    [LoggerMessage(1026, LogLevel.Error,
        "VRRP_Group({Group}) has owners of their addresses (priority 255) and others: none starts as master. Correct the configuration")]
    public static partial void MixedGroup(this ILogger logger, string group);

    [LoggerMessage(1024, LogLevel.Information, "({Router}) Stopped")]
    public static partial void Stopped(this ILogger logger, string router);

    [LoggerMessage(1025, LogLevel.Warning,
        "({Router}) The clock of {Address} is {Seconds} s ahead of ours: soon its signed adverts count as stale. Synchronise the clocks")]
    public static partial void ClockSkew(this ILogger logger, string router, InetAddress address, long seconds);

    [LoggerMessage(1030, LogLevel.Information, "({Router}) Removing {Object}, left there by an earlier run")]
    public static partial void RemovingLeftover(this ILogger logger, string router, KeptObject @object);

    [LoggerMessage(1032, LogLevel.Error, "({Router}) Cannot add {Object}")]
    public static partial void CannotAddObject(this ILogger logger, Exception exception, string router, KeptObject @object);

    [LoggerMessage(1033, LogLevel.Error, "({Router}) Cannot remove {Object}")]
    public static partial void CannotRemoveObject(this ILogger logger, Exception exception, string router, KeptObject @object);

    [LoggerMessage(1034, LogLevel.Warning, "({Router}) Somebody else deleted {Object}")]
    public static partial void ObjectLost(this ILogger logger, string router, KeptObject @object);

    [LoggerMessage(1035, LogLevel.Error, "({Router}) Cannot add {Object}: there is no interface {Interface}")]
    public static partial void NoInterfaceForObject(this ILogger logger, string router, KeptObject @object, string @interface);

    [LoggerMessage(1036, LogLevel.Warning, "({Router}) Put back {Object}")]
    public static partial void Repaired(this ILogger logger, string router, KeptObject @object);

    [LoggerMessage(1037, LogLevel.Error, "({Router}) Giving up the mastership: what somebody else deletes cannot be put back, or not often enough")]
    public static partial void RepairFailed(this ILogger logger, string router);

    [LoggerMessage(1040, LogLevel.Information, "({Router}) Netlink reports {Interface} up")]
    public static partial void InterfaceUp(this ILogger logger, string router, string @interface);

    [LoggerMessage(1041, LogLevel.Information, "({Router}) Netlink reports {Interface} down")]
    public static partial void InterfaceDown(this ILogger logger, string router, string @interface);

    [LoggerMessage(1042, LogLevel.Information, "({Router}) Interface {Interface} does not exist")]
    public static partial void InterfaceMissing(this ILogger logger, string router, string @interface);

    [LoggerMessage(1043, LogLevel.Information, "({Router}) Sending from {Address}")]
    public static partial void SourceAddressChanged(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1044, LogLevel.Information, "({Router}) There is no address to send from")]
    public static partial void NoSourceAddress(this ILogger logger, string router);

    [LoggerMessage(1045, LogLevel.Error, "({Router}) Cannot open a socket for {Socket}")]
    public static partial void CannotOpenSocket(this ILogger logger, Exception exception, string router, string socket);

    [LoggerMessage(1057, LogLevel.Error, "({Router}) Held in FAULT: {Error}")]
    public static partial void HeldInFault(this ILogger logger, string router, string error);

    [LoggerMessage(1060, LogLevel.Information, "Using {Interface}, which was there")]
    public static partial void VirtualInterfaceAdopted(this ILogger logger, string @interface);

    [LoggerMessage(1061, LogLevel.Warning, "{Interface} was deleted by somebody else; it is made again")]
    public static partial void VirtualInterfaceLost(this ILogger logger, string @interface);

    [LoggerMessage(1062, LogLevel.Warning, "{Interface} was renamed to {Name} by somebody else; it is made again")]
    public static partial void VirtualInterfaceRenamed(this ILogger logger, string @interface, string name);

    [LoggerMessage(1063, LogLevel.Warning, "{Interface} keeps its name and is not called {Name}")]
    public static partial void VirtualInterfaceKeepsName(this ILogger logger, Exception? exception, string @interface, string name);

    [LoggerMessage(1064, LogLevel.Error, "The interface name {Name} is taken by another device; another name is chosen")]
    public static partial void VirtualInterfaceNameTaken(this ILogger logger, string name);

    [LoggerMessage(1065, LogLevel.Error, "Cannot make {Interface} on {Base}")]
    public static partial void CannotMakeVirtualInterface(this ILogger logger, Exception exception, string @interface, string @base);

    [LoggerMessage(1066, LogLevel.Error, "Cannot set {Interface} up")]
    public static partial void CannotSetUpVirtualInterface(this ILogger logger, Exception exception, string @interface);

    [LoggerMessage(1067, LogLevel.Error, "Cannot change a virtual interface")]
    public static partial void CannotAdjustLink(this ILogger logger, Exception exception);

    [LoggerMessage(1068, LogLevel.Error, "Cannot delete a virtual interface")]
    public static partial void CannotDeleteLink(this ILogger logger, Exception exception);

    [LoggerMessage(1069, LogLevel.Error, "The connection to the kernel that makes and deletes links failed")]
    public static partial void CannotChangeLinks(this ILogger logger, Exception exception);

    [LoggerMessage(1070, LogLevel.Information, "Removing {Interface}, left there by an earlier run")]
    public static partial void RemovingLeftoverLink(this ILogger logger, string @interface);

    [LoggerMessage(1071, LogLevel.Warning, "Cannot set {Setting} to {Value}")]
    public static partial void CannotSet(this ILogger logger, Exception exception, string setting, int value);

    [LoggerMessage(1072, LogLevel.Warning, "Cannot read {File}: what an earlier run changed is not known")]
    public static partial void CannotReadJournal(this ILogger logger, Exception exception, string file);

    [LoggerMessage(1073, LogLevel.Warning, "Cannot write {File}: if we are killed, our interfaces and settings will stay")]
    public static partial void CannotWriteJournal(this ILogger logger, Exception exception, string file);

    [LoggerMessage(1074, LogLevel.Warning,
        "The delays of {Interface} are cut to {Limit}: longer ones would hide from its routers that a backup has taken over")]
    public static partial void DelayLimited(this ILogger logger, string @interface, TimeSpan limit);

    [LoggerMessage(1075, LogLevel.Error,
        "({Router}) VRID {VirtualRouterId} is in use on the wire of {Interface} by {Other}: in FAULT as long as that is so")]
    public static partial void DuplicateVirtualRouterId(
        this ILogger logger, string router, int virtualRouterId, string @interface, string other);

    [LoggerMessage(1046, LogLevel.Warning, "Sending on {Socket} failed: {Error}; {Count} failures so far")]
    public static partial void SendFailed(this ILogger logger, string socket, Errno error, long count);

    [LoggerMessage(1047, LogLevel.Information,
        "Heard an advert for the unknown virtual router {VirtualRouterId} from {Address} on {Socket}")]
    public static partial void UnknownVirtualRouter(this ILogger logger, int virtualRouterId, InetAddress address, string socket);

    [LoggerMessage(1049, LogLevel.Error, "Reading from {Socket} failed")]
    public static partial void ReceiveFailed(this ILogger logger, Exception exception, string socket);

    [LoggerMessage(1050, LogLevel.Information, "Startup delay of {Delay} has begun")]
    public static partial void StartupDelayBegan(this ILogger logger, TimeSpan delay);

    [LoggerMessage(1051, LogLevel.Information, "Startup delay has ended")]
    public static partial void StartupDelayEnded(this ILogger logger);

    [LoggerMessage(1052, LogLevel.Information, "New options: {Untouched} untouched, {Changed} changed, {Added} added, {Removed} removed")]
    public static partial void Applied(this ILogger logger, int untouched, int changed, int added, int removed);

    [LoggerMessage(1053, LogLevel.Warning, "Stopping did not hear from the kernel within {Timeout} that all addresses are gone")]
    public static partial void StopTimedOut(this ILogger logger, TimeSpan timeout);

    [LoggerMessage(1054, LogLevel.Error, "An observer of events failed")]
    public static partial void ObserverFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1055, LogLevel.Critical, "The watch over the kernel's interfaces and addresses failed")]
    public static partial void MonitorFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1056, LogLevel.Error, "({Router}) Cannot announce addresses on {Interface}")]
    public static partial void CannotAnnounce(this ILogger logger, Exception exception, string router, string @interface);

    [LoggerMessage(1105, LogLevel.Information, "Removing what an earlier run left and nobody wants any more: {Object}")]
    public static partial void RemovingLeftoverObject(this ILogger logger, string @object);

    [LoggerMessage(1107, LogLevel.Error, "({Router}) Source address {Address} is not on this machine")]
    public static partial void SourceAddressMissing(this ILogger logger, string router, InetAddress address);

    [LoggerMessage(1106, LogLevel.Error, "Cannot remove what an earlier run left")]
    public static partial void CannotRemoveLeftover(this ILogger logger, Exception exception);

    [LoggerMessage(1104, LogLevel.Information, "Netlink reports IP {Address} {Change} {Interface}")]
    public static partial void AddressChanged(this ILogger logger, InetPrefix address, string change, string @interface);

    [LoggerMessage(1100, LogLevel.Information, "Removing what an earlier run left in the packet filter: table {Table}")]
    public static partial void RemovingLeftoverFilter(this ILogger logger, NftTable table);

    [LoggerMessage(1101, LogLevel.Debug, "The kernel's packet filter cannot be used: {Reason}")]
    public static partial void NoPacketFilter(this ILogger logger, string reason);

    [LoggerMessage(1102, LogLevel.Error,
        "Cannot program the packet filter: packets to addresses that are not accepted are accepted, and group reports leave as they are")]
    public static partial void CannotFilter(this ILogger logger, Exception exception);

    [LoggerMessage(1103, LogLevel.Warning, "Somebody else deleted something of the packet filter's table {Table}: making it anew")]
    public static partial void RepairingFilter(this ILogger logger, string table);
}
