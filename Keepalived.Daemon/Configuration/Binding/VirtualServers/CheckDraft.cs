using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>A check as its block says it, before it inherits.</summary>
/// <param name="Check">What is its kind's own.</param>
/// <param name="Times">Its timing.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record CheckDraft(CheckConfiguration Check, CheckTimes Times, SourceLocation Location)
{
    /// <summary>Its connection, if it has one.</summary>
    public ConnectionDraft Connection { get; init; }

    /// <summary>Its script, if it is one; it is looked at when everything is read.</summary>
    public ScriptCommand? Script { get; init; }

    /// <summary>The timeout of its script; null: <c>delay_loop</c> of the virtual server.</summary>
    public TimeSpan? ScriptTimeout { get; init; }

    /// <summary>The check of a server.</summary>
    public CheckConfiguration Complete(RealServerDraft server, ushort port, CheckTimes inherited, VirtualServerDraft service)
    {
        var times = Times.Or(inherited);
        var alpha = times.Alpha ?? false;
        var check = Check is HttpCheckConfiguration http ? HttpDrafts.Inherit(http, server.VirtualHost, service.VirtualHost) : Check;
        return check switch
        {
            ConnectingCheckConfiguration connecting => connecting with
            {
                Timing = service.Timings.Of(times, check),
                Connection = Connection.To(server.Address, port, times.Timeout),
                Alpha = alpha,
                Position = Location,
            },
            MiscCheckConfiguration misc => misc with
            {
                Timing = service.Timings.Of(times, check),
                Timeout = ScriptTimeout ?? service.Times.Loop,
                Alpha = alpha,
                Position = Location,
            },
            // What follows a file has its number from the start.
            _ => check with { Alpha = alpha && check is not FileCheckConfiguration, Position = Location },
        };
    }

    /// <summary>Whether this reaches an address that means nothing without an interface.</summary>
    public bool LacksInterface(InetAddress server)
    {
        var address = Connection.Address.IsNone ? server : Connection.Address;
        return address.IsIPv6 && address.IsLinkLocal && Connection.BindInterface is null;
    }
}
