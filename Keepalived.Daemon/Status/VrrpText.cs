using System.Globalization;
using System.Text;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Status;

/// <summary>Parts of VRRP in the words that dumps have for them.</summary>
internal static class VrrpText
{
    /// <summary>An address as in <c>ip address</c>, and whether it is set.</summary>
    public static string Address(in VirtualAddressStatus status)
    {
        var address = status.Address;
        var text = new StringBuilder(address.Address.ToString());
        if (!address.Prefix.IsHost)
            text.Append(CultureInfo.InvariantCulture, $"/{address.Prefix.Length}");
        if (!address.Peer.IsNone)
            text.Append(CultureInfo.InvariantCulture, $" peer {address.Peer}");
        if (!address.Broadcast.IsNone)
            text.Append(CultureInfo.InvariantCulture, $" brd {address.Broadcast}");
        text.Append(CultureInfo.InvariantCulture, $" dev {status.Device} scope {Scope(address.Scope)}");
        if (address.Label is { } label)
            text.Append(CultureInfo.InvariantCulture, $" label {label}");
        if (address.Address.IsIPv6)
        {
            var preferred = address.PreferredLifetime ?? (address.Prefix.IsHost ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);
            text.Append(preferred == TimeSpan.Zero ? " deprecated"
                : preferred == Timeout.InfiniteTimeSpan ? " preferred_lft forever"
                : string.Create(CultureInfo.InvariantCulture, $" preferred_lft {preferred.TotalSeconds}"));
        }

        if (!address.Track)
            text.Append(" no_track");
        return text.Append(status.IsSet ? " set" : "").ToString();
    }

    /// <summary>A command, each word quoted.</summary>
    public static string Command(ScriptConfiguration script) => string.Join(' ', script.Arguments.Select(static word => $"'{word}'"));

    /// <summary>The word for a state.</summary>
    public static string State(VrrpState state) => state switch
    {
        VrrpState.Master => "MASTER",
        VrrpState.Backup => "BACKUP",
        VrrpState.Fault => "FAULT",
        _ => "INIT",
    };

    /// <summary>The number of a state, in JSON and SNMP.</summary>
    public static int Number(VrrpState state) => state switch
    {
        VrrpState.Backup => 1,
        VrrpState.Master => 2,
        VrrpState.Fault => 3,
        _ => 0,
    };

    /// <summary>A tracked object with its weight.</summary>
    public static string Tracked(TrackReference reference) => string.Create(CultureInfo.InvariantCulture,
        $"{reference.Name} weight {reference.Weight ?? 0}{(reference.Reverse == true ? " reverse" : "")}");

    private static string Scope(int scope) => scope switch
    {
        0 => "global",
        200 => "site",
        253 => "link",
        254 => "host",
        255 => "nowhere",
        _ => scope.ToString(CultureInfo.InvariantCulture),
    };
}
