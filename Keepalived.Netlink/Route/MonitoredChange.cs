namespace Keepalived.Netlink.Route;

/// <summary>A notification, decoded.</summary>
internal readonly record struct MonitoredChange(object Value, bool IsRemoval, bool IsReplacement);
