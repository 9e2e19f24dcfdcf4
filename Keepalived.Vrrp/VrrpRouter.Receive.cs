using System.Net.Sockets;
using System.Runtime.InteropServices;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>The checks of RFC 9568 section 7.1 and RFC 3768 section 7.1, in keepalived's order: the first failure counts.</summary>
public sealed partial class VrrpRouter
{
    /// <summary>An Ethernet payload has at least 46 bytes; some drivers pass the padding on.</summary>
    private const int EthernetMinPayload = 46;

    /// <summary>Judges a received datagram and, if it is accepted, acts on it.</summary>
    /// <param name="header">
    /// Length, source, destination and hop limit as received. Over IPv4 the packet's own header counts and these may be unset; over IPv6
    /// <see cref="DatagramHeader.Destination"/> may be none, and the checksum is then left to the kernel.
    /// </param>
    /// <param name="packet">Over IPv4 the packet with its IP header, as a raw socket gives it; over IPv6 the payload.</param>
    /// <param name="now">The present.</param>
    /// <param name="utcNow">
    /// Nanoseconds since 1970, UTC, to compare with the time in an HMAC trailer; not used without <see cref="VrrpRouterOptions.Hmac"/>.
    /// </param>
    /// <returns><see cref="VrrpDiscardReason.None"/> if it was accepted.</returns>
    /// <exception cref="ArgumentException">The time is needed and missing.</exception>
    public VrrpDiscardReason HandleDatagram(in DatagramHeader header, ReadOnlySpan<byte> packet, long now, long utcNow = 0)
    {
        var verdict = Judge(header, packet, now, utcNow, out var received);
        if (verdict != VrrpDiscardReason.None)
        {
            Discard(verdict, received.Source);
            return verdict;
        }

        LastSource = received.Source;
        if (received.Advertisement.Priority == 0)
            Statistics.PriorityZeroReceived++;
        if (State == VrrpState.Backup)
            HandleInBackup(received.Advertisement, received.Source, now);
        else
            HandleInMaster(received.Advertisement, received.Source, now);
        return VrrpDiscardReason.None;
    }

    private VrrpDiscardReason Judge(
        in DatagramHeader header, ReadOnlySpan<byte> packet, long now, long utcNow, out Received received)
    {
        received = default;
        if (now < _notBefore)
            return VrrpDiscardReason.StartupDelay;
        if (header.IsTruncated)
            return VrrpDiscardReason.Truncated;
        var verdict = _options.Family == AddressFamily.InterNetwork ? Locate(packet, out received) : Locate(header, packet, out received);
        if (verdict != VrrpDiscardReason.None)
            return verdict;
        verdict = JudgeMessage(ref received, utcNow);
        if (verdict != VrrpDiscardReason.None)
            return verdict;
        if (_options.OwnerIgnoreAdvertisements && EffectivePriority == 255)
            return VrrpDiscardReason.IgnoredByOwner;
        Statistics.AdvertisementsReceived++;
        verdict = JudgeAddresses(received);
        return verdict != VrrpDiscardReason.None ? verdict : JudgePeer(received);
    }

    /// <summary>Finds the message in an IPv4 packet.</summary>
    private VrrpDiscardReason Locate(ReadOnlySpan<byte> packet, out Received received)
    {
        received = default;
        if (!IPv4Header.TryParse(packet, out var ip))
            return VrrpDiscardReason.TooShort;
        received.Source = ip.Source;
        received.Destination = ip.Destination;
        received.HopLimit = ip.TimeToLive;
        received.PacketLength = packet.Length;
        received.TotalLength = ip.TotalLength;
        if (ip.IsFragment || ip.Protocol is not (VrrpAdvertisement.Protocol or AuthenticationHeader.Protocol))
            return VrrpDiscardReason.Protocol;
        var hasAuthenticationHeader = ip.Protocol == AuthenticationHeader.Protocol;
        var offset = ip.Bytes.Length + (hasAuthenticationHeader ? AuthenticationHeader.Length : 0);
        if (packet.Length < offset + VrrpAdvertisement.HeaderLength)
            return VrrpDiscardReason.TooShort;
        received.Packet = packet;
        received.HeaderLength = ip.Bytes.Length;
        received.MessageOffset = offset;
        received.Advertisement = new VrrpAdvertisement(packet[offset..], AddressFamily.InterNetwork);
        var verdict = JudgeReadiness(received);
        if (verdict != VrrpDiscardReason.None)
            return verdict;
        return hasAuthenticationHeader != _options.Authentication.IsAuthenticationHeader
            ? VrrpDiscardReason.AuthenticationTypeMismatch
            : VrrpDiscardReason.None;
    }

    /// <summary>Takes the message from an IPv6 payload; the kernel has cut the IP header off.</summary>
    private VrrpDiscardReason Locate(in DatagramHeader header, ReadOnlySpan<byte> packet, out Received received)
    {
        received = default;
        received.Packet = packet;
        received.Source = header.Source;
        received.Destination = header.Destination;
        received.HopLimit = header.HopLimit;
        received.PacketLength = received.TotalLength = packet.Length;
        if (packet.Length < VrrpAdvertisement.HeaderLength)
            return VrrpDiscardReason.TooShort;
        received.Advertisement = new VrrpAdvertisement(packet, AddressFamily.InterNetworkV6);
        var verdict = JudgeReadiness(received);
        if (verdict != VrrpDiscardReason.None)
            return verdict;
        var wrongKind = !header.Destination.IsNone && header.Destination.IsMulticast == _options.IsUnicast;
        return wrongKind ? VrrpDiscardReason.DestinationKind : VrrpDiscardReason.None;
    }

    private VrrpDiscardReason JudgeReadiness(in Received received)
    {
        if (received.Advertisement.VirtualRouterId != _options.VirtualRouterId)
            return VrrpDiscardReason.VirtualRouterId;
        return State is VrrpState.Backup or VrrpState.Master ? VrrpDiscardReason.None : VrrpDiscardReason.NotActive;
    }

    /// <summary>The checks of the fixed fields; cuts padding and trailer off.</summary>
    private VrrpDiscardReason JudgeMessage(ref Received received, long utcNow)
    {
        var message = received.Advertisement;
        var version = message.Version is VrrpVersion.V2 or VrrpVersion.V3 ? message.Version : _options.Version;
        var expected = VrrpAdvertisement.LengthOf(version, _options.Family, message.AddressCount);
        received.HasTrailer = _options.Hmac is not null && message.Bytes.Length == expected + HmacTrailer.Length;
        if (message.Bytes.Length != expected && !received.HasTrailer
            && !IsPadded(received.PacketLength, received.MessageOffset + expected))
        {
            return VrrpDiscardReason.PacketLength;
        }

        message = new VrrpAdvertisement(message.Bytes[..expected], _options.Family);
        received.Advertisement = message;
        if (!_options.IsUnicast && received.HopLimit != 255)
            return VrrpDiscardReason.HopLimit;
        if (message.Version != _options.Version)
            return VrrpDiscardReason.Version;
        var verdict = _options.Hmac is { } hmac ? JudgeTrailer(hmac, received, utcNow) : VrrpDiscardReason.None;
        if (verdict == VrrpDiscardReason.None && message.Version == VrrpVersion.V2)
            verdict = JudgeVersion2(received);
        if (verdict != VrrpDiscardReason.None)
            return verdict;

        if (message.Type != VrrpAdvertisement.AdvertisementType)
            return VrrpDiscardReason.Type;
        if (received.TotalLength != received.PacketLength && !IsPadded(received.PacketLength, received.TotalLength))
            return VrrpDiscardReason.PacketLength;
        if (message.Version == VrrpVersion.V3)
        {
            // RFC 9568 section 7.1, erratum 8301: an interval of zero would make the master down interval zero.
            if (message.IntervalField == 0)
                return VrrpDiscardReason.AdvertisementInterval;
            if (message.Interval != _ownInterval)
            {
                Statistics.IntervalMismatches++;
                Observe(VrrpNotice.IntervalMismatch, received.Source, message.Interval / MonotonicClock.Millisecond);
            }
        }

        if (!HasValidChecksum(received))
            return VrrpDiscardReason.Checksum;
        return received.Destination.IsMulticast == _options.IsUnicast && !received.Destination.IsNone
            ? VrrpDiscardReason.Destination
            : VrrpDiscardReason.None;
    }

    private bool HasValidChecksum(in Received received)
    {
        var message = received.Advertisement;
        if (_options.Family != AddressFamily.InterNetwork)
            return received.Destination.IsNone || InternetChecksum.IsValid(InternetChecksum.Sum(received.Packet) + PseudoHeader(received));
        if (message.Version == VrrpVersion.V2)
            return message.HasValidChecksum(received.Source, received.Destination);
        var sum = InternetChecksum.Sum(message.Bytes);
        var form = _options.ChecksumForm;
        if (form == VrrpChecksumForm.PseudoHeader || _options.AcceptEitherChecksumForm)
        {
            var oldOnly = _options.IsUnicast && _options.OldUnicastChecksum == VrrpOldUnicastChecksum.Always;
            if (InternetChecksum.IsValid(sum + PseudoHeader(received, oldOnly ? _options.OldUnicastChecksumGroup : received.Destination)))
                return true;
        }

        if ((form == VrrpChecksumForm.MessageOnly || _options.AcceptEitherChecksumForm) && InternetChecksum.IsValid(sum))
            return true;
        return form == VrrpChecksumForm.PseudoHeader && _options.IsUnicast && _options.OldUnicastChecksum == VrrpOldUnicastChecksum.Detect
            && InternetChecksum.IsValid(sum + PseudoHeader(received, _options.OldUnicastChecksumGroup))
            && AdoptOldUnicastChecksum(received.Source);
    }

    private bool AdoptOldUnicastChecksum(InetAddress source)
    {
        if (!_template.HasFixedChecksumDestination)
        {
            _template.UseOldUnicastChecksum(_options.OldUnicastChecksumGroup);
            _actions.Enqueue(VrrpAction.Observe(VrrpNotice.OldUnicastChecksumDetected, source, 0));
        }

        return true;
    }

    private VrrpDiscardReason JudgeAddresses(in Received received)
    {
        var message = received.Advertisement;
        var ours = _options.Addresses.Length;
        if (message.AddressCount == 0 && ours > 0)
        {
            Statistics.AddressListErrors++;
            return VrrpDiscardReason.NoAddresses;
        }

        bool matches;
        if (message.AddressCount != ours)
        {
            matches = false;
            Observe(VrrpNotice.AddressCountMismatch, received.Source, message.AddressCount);
        }
        else if (_options.SkipAddressCheckOfMaster && State == VrrpState.Backup && received.Source == MasterAddress)
        {
            matches = true;
        }
        else
        {
            matches = HasOurAddresses(message.AddressBytes);
            if (!matches)
                Observe(VrrpNotice.AddressListMismatch, received.Source, message.AddressCount);
        }

        var linkLocalFirst = _options.Family == AddressFamily.InterNetworkV6 && ours > 0 && _options.Addresses[0].IsLinkLocal;
        if (linkLocalFirst && !message.GetAddress(0).IsLinkLocal)
            Observe(VrrpNotice.LinkLocalNotFirst, received.Source, 0);
        if (matches)
            return VrrpDiscardReason.None;
        Statistics.AddressListErrors++;
        var discard = _options.AddressMismatch == VrrpAddressMismatch.Discard
            || (_options.AddressMismatch == VrrpAddressMismatch.ByVersion && message.Version == VrrpVersion.V2 && message.Priority != 255);
        return discard ? VrrpDiscardReason.AddressList : VrrpDiscardReason.None;
    }

    /// <summary>Whether the addresses are ours, in any order; there are as many.</summary>
    private bool HasOurAddresses(ReadOnlySpan<byte> theirs)
    {
        var ours = new VrrpAdvertisement(_template.Message, _options.Family).AddressBytes;
        if (ours.SequenceEqual(theirs))
            return true;
        if (_options.Family == AddressFamily.InterNetwork)
            return ContainsAll(MemoryMarshal.Cast<byte, uint>(theirs), MemoryMarshal.Cast<byte, uint>(ours));
        return ContainsAll(MemoryMarshal.Cast<byte, UInt128>(theirs), MemoryMarshal.Cast<byte, UInt128>(ours));
    }

    private static bool ContainsAll<T>(ReadOnlySpan<T> list, ReadOnlySpan<T> wanted)
        where T : IEquatable<T>
    {
        foreach (var item in wanted)
        {
            if (!list.Contains(item))
                return false;
        }

        return true;
    }

    private VrrpDiscardReason JudgePeer(in Received received)
    {
        if (!_checksPeers)
            return VrrpDiscardReason.None;
        foreach (ref readonly var peer in _options.Peers.AsSpan())
        {
            if (peer.Address != received.Source)
                continue;
            var inRange = received.HopLimit >= peer.MinHopLimit && received.HopLimit <= peer.MaxHopLimit;
            return inRange ? VrrpDiscardReason.None : VrrpDiscardReason.PeerHopLimit;
        }

        return VrrpDiscardReason.UnknownPeer;
    }

    /// <summary>Whether a short IPv4 packet got Ethernet's padding: messages have multiples of four bytes, 46 is not one.</summary>
    private bool IsPadded(int received, int expected) =>
        _options.Family == AddressFamily.InterNetwork && received > expected && received <= EthernetMinPayload
        && (received - expected) % 4 == 2;

    private static uint PseudoHeader(in Received received, InetAddress destination) =>
        InternetChecksum.SumPseudoHeader(received.Source, destination, VrrpAdvertisement.Protocol, received.Advertisement.Bytes.Length);

    /// <summary>Over IPv6 the checksum covers the whole payload.</summary>
    private static uint PseudoHeader(in Received received) =>
        InternetChecksum.SumPseudoHeader(received.Source, received.Destination, VrrpAdvertisement.Protocol, received.Packet.Length);

    /// <summary>A received message with what its carrier said.</summary>
    private ref struct Received
    {
        public ReadOnlySpan<byte> Packet;
        public VrrpAdvertisement Advertisement;
        public InetAddress Source;
        public InetAddress Destination;
        public int HopLimit;
        public int HeaderLength;
        public int MessageOffset;
        public bool HasTrailer;
        public int PacketLength;
        public int TotalLength;
    }
}
