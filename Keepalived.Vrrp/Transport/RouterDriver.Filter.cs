using Keepalived.Vrrp.Firewall;

namespace Keepalived.Vrrp.Transport;

/// <summary>What keeps packets from the addresses of a router that does not accept them.</summary>
internal sealed partial class RouterDriver
{
    /// <summary>What is wanted of the packet filter as soon as the router is master; nothing if it accepts packets.</summary>
    public IEnumerable<FilterElement> ToFilterElements() => Options.DropsPackets ? ToElements() : [];

    /// <summary>Has packets dropped from now on, if they are not accepted: asked for before the addresses are.</summary>
    private void BlockPackets() => Context.Filter?.Hold(this, [.. ToFilterElements()]);

    /// <summary>Lets packets pass: asked for after the addresses are gone. Those that stay after the end stay without packets.</summary>
    private void UnblockPackets()
    {
        if (!_isAbandoned)
            Context.Filter?.Hold(this, []);
    }

    private IEnumerable<FilterElement> ToElements()
    {
        var matchByIndex = Context.Options.Firewall?.MatchByIndex == true;
        foreach (var kept in Kept.Wanted)
        {
            if (kept is not KeptAddress { Address: var address } place)
                continue;
            if (!address.Address.IsIPv6 || !address.Address.IsLinkLocal)
                yield return FilterElement.Of(address.Address);
            else if (!matchByIndex && (!address.Track || !Options.TrackPrimaryInterface))
                yield return FilterElement.Of(address.Address, place.Device);
            else if (Context.Interfaces.Find(place.Device) is { } link)
                yield return FilterElement.Of(address.Address, link.Index);
        }
    }
}
