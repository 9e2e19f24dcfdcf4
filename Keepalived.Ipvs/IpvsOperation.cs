using Keepalived.Ipvs.Wire;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <summary>
/// One change of the kernel's table, to be sent alone or with others by <see cref="IpvsClient.SendAsync"/>. Values are checked when it is
/// made.
/// </summary>
public sealed class IpvsOperation
{
    private IpvsOperation(IpvsCommand command) => Command = command;

    /// <summary>What is done.</summary>
    public IpvsCommand Command { get; }

    /// <summary>The service that it is done to, or to whose destination; the default value if to none.</summary>
    public IpvsServiceKey Key { get; private init; }

    /// <summary>The service to add, or what to change it to.</summary>
    public IpvsService? Service { get; private init; }

    /// <summary>The destination that it is done to; null if to none.</summary>
    public IpvsDestinationKey? DestinationKey { get; private init; }

    /// <summary>The destination to add, or what to change it to.</summary>
    public IpvsDestination? Destination { get; private init; }

    /// <summary>The sync daemon to start.</summary>
    public IpvsSyncDaemon? Daemon { get; private init; }

    /// <summary>Which sync daemon to start or stop.</summary>
    public IpvsSyncRole? Role { get; private init; }

    /// <summary>The timeouts to set.</summary>
    public IpvsTimeouts? Timeouts { get; private init; }

    /// <summary>Adds a service: EEXIST if it is there, ENOENT if there is no such scheduler or persistence engine.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsService.Validate"/>.</exception>
    public static IpvsOperation AddService(IpvsService service) => WithService(IpvsCommand.NewService, service);

    /// <summary>Changes a service and keeps its connections: ESRCH if it is not there, ENOENT as in <see cref="AddService"/>.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsService.Validate"/>.</exception>
    public static IpvsOperation SetService(IpvsService service) => WithService(IpvsCommand.SetService, service);

    /// <summary>Deletes a service with its destinations: ESRCH if it is not there.</summary>
    public static IpvsOperation DeleteService(IpvsServiceKey key) => new(IpvsCommand.DeleteService) { Key = Known(key) };

    /// <summary>Adds a destination: EEXIST if it is there, ESRCH if the service is not.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsDestination.Validate"/>.</exception>
    public static IpvsOperation AddDestination(IpvsServiceKey service, IpvsDestination destination) =>
        WithDestination(IpvsCommand.NewDestination, service, Valid(service, destination));

    /// <summary>Changes a destination and keeps its connections: ENOENT if it is not there, ESRCH if the service is not.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsDestination.Validate"/>.</exception>
    public static IpvsOperation SetDestination(IpvsServiceKey service, IpvsDestination destination) =>
        WithDestination(IpvsCommand.SetDestination, service, Valid(service, destination));

    /// <summary>
    /// Deletes a destination: ENOENT if it is not there, ESRCH if the service is not. Established connections end as the kernel drops their
    /// packets, unless the destination comes back.
    /// </summary>
    public static IpvsOperation DeleteDestination(IpvsServiceKey service, IpvsDestinationKey destination) =>
        new(IpvsCommand.DeleteDestination) { Key = Known(service), DestinationKey = destination };

    /// <summary>Sets the statistics of a service and its destinations to zero: ESRCH if it is not there.</summary>
    public static IpvsOperation Zero(IpvsServiceKey key) => new(IpvsCommand.Zero) { Key = Known(key) };

    /// <summary>Sets all statistics to zero.</summary>
    public static IpvsOperation ZeroAll() => new(IpvsCommand.Zero);

    /// <summary>Deletes all services of the network namespace, whoever made them.</summary>
    public static IpvsOperation Flush() => new(IpvsCommand.Flush);

    /// <summary>Starts a sync daemon: EEXIST if one of this role runs, ENODEV if there is no such interface.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsSyncDaemon.Validate"/>.</exception>
    public static IpvsOperation StartDaemon(IpvsSyncDaemon daemon)
    {
        ArgumentNullException.ThrowIfNull(daemon);
        daemon.Validate();
        return new IpvsOperation(IpvsCommand.NewDaemon) { Daemon = daemon, Role = daemon.Role };
    }

    /// <summary>Stops a sync daemon: ESRCH if none of this role runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such role.</exception>
    public static IpvsOperation StopDaemon(IpvsSyncRole role)
    {
        if (!Enum.IsDefined(role))
            throw new ArgumentOutOfRangeException(nameof(role));
        return new IpvsOperation(IpvsCommand.DeleteDaemon) { Role = role };
    }

    /// <summary>Sets timeouts; those of zero stay what they are.</summary>
    /// <exception cref="ArgumentException">See <see cref="IpvsTimeouts.Validate"/>.</exception>
    public static IpvsOperation SetTimeouts(IpvsTimeouts timeouts)
    {
        ArgumentNullException.ThrowIfNull(timeouts);
        timeouts.Validate();
        return new IpvsOperation(IpvsCommand.SetConfig) { Timeouts = timeouts };
    }

    /// <summary>Gives no new connections to a destination that the kernel has, whatever else is set on it.</summary>
    internal static IpvsOperation Quiesce(IpvsServiceKey service, IpvsDestination destination) =>
        WithDestination(IpvsCommand.SetDestination, service, destination with { Weight = 0 });

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        if (Service is not null)
            ServiceCodec.Write(ref writer, Service);
        else if (!Key.IsNone)
            ServiceCodec.WriteKey(ref writer, Key);
        if (Destination is not null)
            DestinationCodec.Write(ref writer, Destination);
        else if (DestinationKey is { } destination)
            DestinationCodec.WriteKey(ref writer, destination);
        if (Daemon is not null)
            DaemonCodec.Write(ref writer, Daemon);
        else if (Role is { } role)
            DaemonCodec.WriteRole(ref writer, role);
        if (Timeouts is not null)
            SettingsCodec.Write(ref writer, Timeouts);
    }

    private static IpvsOperation WithService(IpvsCommand command, IpvsService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service.Validate();
        return new IpvsOperation(command) { Key = service.Key, Service = service };
    }

    private static IpvsOperation WithDestination(IpvsCommand command, IpvsServiceKey service, IpvsDestination destination) =>
        new(command) { Key = service, DestinationKey = destination.Key, Destination = destination };

    private static IpvsDestination Valid(IpvsServiceKey service, IpvsDestination destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Validate(service);
        return destination;
    }

    private static IpvsServiceKey Known(IpvsServiceKey key) =>
        key.IsNone ? throw new ArgumentException("The default key names no service.", nameof(key)) : key;

    /// <summary>In words: <c>add IPVS destination 192.0.2.10:80 NAT weight 1 to TCP 192.0.2.1:80</c>.</summary>
    public override string ToString() => Command switch
    {
        IpvsCommand.NewService => $"add IPVS service {Service}",
        IpvsCommand.SetService => $"change IPVS service to {Service}",
        IpvsCommand.DeleteService => $"delete IPVS service {Key}",
        IpvsCommand.NewDestination => $"add IPVS destination {Destination} to {Key}",
        IpvsCommand.SetDestination => $"change IPVS destination to {Destination} in {Key}",
        IpvsCommand.DeleteDestination => $"delete IPVS destination {DestinationKey} from {Key}",
        IpvsCommand.NewDaemon => $"start IPVS sync daemon {Daemon}",
        IpvsCommand.DeleteDaemon => $"stop IPVS sync daemon {(Role == IpvsSyncRole.Master ? "master" : "backup")}",
        IpvsCommand.SetConfig => $"set IPVS timeouts {Timeouts}",
        IpvsCommand.Zero => Key.IsNone ? "zero all IPVS statistics" : $"zero the statistics of IPVS service {Key}",
        _ => "flush the IPVS table",
    };
}
