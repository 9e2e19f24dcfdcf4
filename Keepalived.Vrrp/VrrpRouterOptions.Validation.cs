using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp;

public sealed partial record VrrpRouterOptions
{
    private static readonly TimeSpan LongestExtraInterval = TimeSpan.FromDays(1);

    private static readonly TimeSpan Centisecond = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Everything that is wrong with these options, each as a sentence that starts with the member's name; empty if nothing is.
    /// </summary>
    public IReadOnlyList<string> FindErrors()
    {
        var errors = new List<string>();
        FindIdentityErrors(errors);
        FindAddressErrors(errors);
        FindTimingErrors(errors);
        FindBehaviourErrors(errors);
        return errors;
    }

    /// <summary>Throws if <see cref="FindErrors"/> finds any.</summary>
    /// <exception cref="ArgumentException">The options are not valid; the message lists all errors.</exception>
    public void Validate()
    {
        var errors = FindErrors();
        if (errors.Count > 0)
            throw new ArgumentException($"The options of virtual router '{Name}' are not valid: {string.Join(" ", errors)}");
    }

    private void FindIdentityErrors(List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(Name))
            errors.Add($"{nameof(Name)} is empty.");
        if (VirtualRouterId == 0)
            errors.Add($"{nameof(VirtualRouterId)} must be 1-255.");
        if (Family is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            errors.Add($"{nameof(Family)} must be IPv4 or IPv6.");
        if (Version is not (VrrpVersion.V2 or VrrpVersion.V3))
            errors.Add($"{nameof(Version)} must be 2 or 3.");
        if (Priority == 0)
            errors.Add($"{nameof(Priority)} must be 1-255.");
        if (InitialState is not (null or VrrpState.Backup or VrrpState.Master))
            errors.Add($"{nameof(InitialState)} must be Backup or Master.");
        FindAuthenticationErrors(errors);
    }

    private void FindAuthenticationErrors(List<string> errors)
    {
        if (Authentication.Type != VrrpAuthenticationType.None && (Version != VrrpVersion.V2 || Family != AddressFamily.InterNetwork))
            errors.Add($"{nameof(Authentication)} exists in version 2 over IPv4 only.");
        if (Hmac is null)
            return;
        if (Authentication.Type != VrrpAuthenticationType.None)
            errors.Add($"{nameof(Hmac)} and {nameof(Authentication)} exclude each other.");
        foreach (var error in Hmac.FindErrors())
            errors.Add($"{nameof(Hmac)}: {error}");
    }

    private void FindAddressErrors(List<string> errors)
    {
        if (Addresses.IsDefault || Peers.IsDefault)
        {
            errors.Add($"{nameof(Addresses)} and {nameof(Peers)} must not be default.");
            return;
        }

        if (Addresses.Length > 255)
            errors.Add($"{nameof(Addresses)} has more than 255 entries.");
        foreach (var address in Addresses)
        {
            if (address.Family != Family || address.IsAny)
                errors.Add($"{nameof(Addresses)} has '{address}', which is not an address of the router's family.");
        }

        if (Addresses.Length > 1 && Addresses.Distinct().Count() != Addresses.Length)
            errors.Add($"{nameof(Addresses)} has an entry twice.");
        foreach (var peer in Peers)
        {
            if (peer.Address.Family != Family || peer.Address.IsMulticast || peer.Address.IsAny)
                errors.Add($"{nameof(Peers)} has '{peer.Address}', which is not a unicast address of the router's family.");
        }

        if (Peers.Length > 1 && Peers.Select(static peer => peer.Address).Distinct().Count() != Peers.Length)
            errors.Add($"{nameof(Peers)} has an entry twice.");
        if (!SourceAddress.IsNone && (SourceAddress.Family != Family || SourceAddress.IsMulticast))
            errors.Add($"{nameof(SourceAddress)} is not a unicast address of the router's family.");
        if (!Group.IsNone && (Group.Family != Family || !Group.IsMulticast))
            errors.Add($"{nameof(Group)} is not a multicast address of the router's family.");
        if (!OldUnicastChecksumGroup.IsIPv4 || !OldUnicastChecksumGroup.IsMulticast)
            errors.Add($"{nameof(OldUnicastChecksumGroup)} is not an IPv4 multicast address.");
    }

    private void FindTimingErrors(List<string> errors)
    {
        var (step, limit) = Version == VrrpVersion.V2 ? (TimeSpan.FromSeconds(1), 255) : (Centisecond, 4095);
        if (AdvertisementInterval < step || AdvertisementInterval > step * limit || AdvertisementInterval.Ticks % step.Ticks != 0)
            errors.Add($"{nameof(AdvertisementInterval)} must be {step} to {step * limit} in steps of {step} in version {(int)Version}.");
        if (PreemptDelay < TimeSpan.Zero || PreemptDelay > TimeSpan.FromSeconds(1000))
            errors.Add($"{nameof(PreemptDelay)} must be 0 to 1000 seconds.");
        if (DownTimerAdverts is < 1 or > 100)
            errors.Add($"{nameof(DownTimerAdverts)} must be 1-100.");
        if (Announcements is null)
        {
            errors.Add($"{nameof(Announcements)} is null.");
            return;
        }

        // 4294 s is keepalived's limit for all announcement delays; it keeps the sums far from overflow.
        var longest = TimeSpan.FromSeconds(4294);
        foreach (var delay in (ReadOnlySpan<TimeSpan>)[Announcements.Delay, Announcements.Refresh, Announcements.LowerPriorityDelay])
        {
            if (delay < TimeSpan.Zero || delay > longest)
                errors.Add($"{nameof(Announcements)} delays must be 0 to 4294 seconds.");
        }

        if (Announcements.ExtraInterval < TimeSpan.Zero || Announcements.ExtraInterval > LongestExtraInterval)
            errors.Add($"{nameof(Announcements)}: the interval on further interfaces must be 0 to {LongestExtraInterval.TotalSeconds} seconds.");
        if (Announcements.Repeat < 1 || Announcements.RefreshRepeat < 1 || Announcements.LowerPriorityRepeat < 0)
            errors.Add($"{nameof(Announcements)} repeats must be at least 1, after a lower priority at least 0.");
    }

    private void FindBehaviourErrors(List<string> errors)
    {
        if (OwnerIgnoreAdvertisements && !IsOwner)
            errors.Add($"{nameof(OwnerIgnoreAdvertisements)} needs priority 255.");
        if (!Preempt && (IsOwner || InitialState == VrrpState.Master))
            errors.Add($"{nameof(Preempt)} cannot be off with priority 255 or initial state Master.");
        if (PreemptDelay > TimeSpan.Zero && (!Preempt || InitialState == VrrpState.Master))
            errors.Add($"{nameof(PreemptDelay)} needs preemption and initial state Backup.");
        if (LateTimerPeerPriority is 0 or 255)
            errors.Add($"{nameof(LateTimerPeerPriority)} must be 1-254.");
        if (LateTimerPeerPriority is not null && Preempt)
            errors.Add($"{nameof(LateTimerPeerPriority)} needs {nameof(Preempt)} off.");
    }
}
