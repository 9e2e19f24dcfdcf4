using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <summary>
/// What the kernel means by its error numbers. IPVS has no words of its own (extended acknowledgements), and ENOENT may be a missing
/// scheduler, engine, destination or all of IPVS.
/// </summary>
internal static class IpvsError
{
    public static NetlinkException Explain(IpvsOperation operation, NetlinkException error) => error.IsOutcomeUnknown
        ? error
        : new NetlinkException(error.Errno, operation.ToString(), error.Acknowledgement, Meaning(operation, error.Errno));

    public static NetlinkException MissingFamily(NetlinkException error) => new(
        error.Errno, error.Request, error.Acknowledgement, "this kernel has no IPVS, or its module ip_vs is not loaded");

    public static NetlinkException ExplainQuery(NetlinkException error) => error.Errno switch
    {
        Errno.EPERM => new(error.Errno, error.Request, error.Acknowledgement, "CAP_NET_ADMIN is needed"),
        Errno.ESRCH => new(error.Errno, error.Request, error.Acknowledgement, "the table has no such service"),
        _ => error,
    };

    private static string? Meaning(IpvsOperation operation, Errno error) => (operation.Command, error) switch
    {
        (_, Errno.EPERM) => "CAP_NET_ADMIN is needed",
        (_, Errno.EAFNOSUPPORT) => "this kernel's IPVS has no IPv6",
        (IpvsCommand.NewService or IpvsCommand.SetService, Errno.ENOENT) => MissingModule(operation.Service!),
        (IpvsCommand.NewService, Errno.EEXIST) => "the table has this service already",
        (IpvsCommand.NewDestination, Errno.EEXIST) => "the service has this destination already",
        (IpvsCommand.NewDaemon, Errno.EEXIST) => "a sync daemon of this role runs already",
        (IpvsCommand.NewDaemon, Errno.ENODEV) => $"there is no interface {operation.Daemon!.Interface}",
        (IpvsCommand.NewDaemon, Errno.EINVAL) =>
            "the kernel takes no such group, or the table has destinations of another family than their service",
        (IpvsCommand.DeleteDaemon, Errno.ESRCH) => "no sync daemon of this role runs",
        (IpvsCommand.SetDestination or IpvsCommand.DeleteDestination, Errno.ENOENT) => "the service has no such destination",
        (IpvsCommand.SetService or IpvsCommand.DeleteService or IpvsCommand.NewDestination or IpvsCommand.SetDestination
            or IpvsCommand.DeleteDestination or IpvsCommand.Zero, Errno.ESRCH) => "the table has no such service",
        (IpvsCommand.NewDestination or IpvsCommand.SetDestination, Errno.EINVAL)
            when operation.Destination!.Address.Family != operation.Key.Family =>
            "a destination of another family than its service needs Linux 3.18, and no sync daemon running",
        (IpvsCommand.NewDestination or IpvsCommand.SetDestination, Errno.EINVAL) =>
            "the kernel does not take its address for that of one machine, or does not know its kind of tunnel",
        _ => null,
    };

    private static string MissingModule(IpvsService service)
    {
        var scheduler = $"the kernel has no scheduler '{service.Scheduler}' (module ip_vs_{service.Scheduler})";
        return service.Persistence?.Engine is { } engine
            ? $"{scheduler}, or no persistence engine '{engine}' (module ip_vs_pe_{engine})"
            : scheduler;
    }

    /// <summary>An answer that makes no sense. Nothing may be concluded from a list that lacks it.</summary>
    public static NetlinkException Unreadable(string request, NetlinkDecodeError error) =>
        new(Errno.EBADMSG, request, default, $"the kernel's answer cannot be read: {error}");
}
