using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// The advertisement of one router, built once; what changes later (priority, identification, source, destination, the sequence number of
/// authentication) is patched in, with the checksum updated incrementally (RFC 1624). Equal, byte by byte, to building it anew.
/// </summary>
public sealed class VrrpAdvertisementTemplate
{
    private readonly byte[] _packet;
    private readonly int _messageOffset;
    private readonly int _messageLength;
    private readonly bool _isIPv4;
    private readonly bool _isUnicast;
    private readonly bool _usesPseudoHeader;
    private readonly VrrpAuthentication _authentication;
    private readonly VrrpHmacKey? _hmacKey;
    private ulong _signedSequence;
    private bool _isSigned;
    private InetAddress _checksumDestination;
    private InetAddress _destination;
    private InetAddress _source;

    /// <summary>Builds the advertisement: options' priority, source address and first destination, identification 0.</summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public VrrpAdvertisementTemplate(VrrpRouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var any = options.Family == AddressFamily.InterNetwork ? InetAddress.AnyIPv4 : InetAddress.AnyIPv6;
        _source = options.SourceAddress.IsNone ? any : options.SourceAddress;
        _destination = options.IsUnicast ? options.Peers[0].Address : options.EffectiveGroup;
        _usesPseudoHeader = VrrpAdvertisement.UsesPseudoHeader(options.Version, options.Family, options.ChecksumForm);
        _checksumDestination = _destination;
        _isIPv4 = options.Family == AddressFamily.InterNetwork;
        _isUnicast = options.IsUnicast;
        _authentication = options.Authentication;
        _hmacKey = options.Hmac is { Signs: true } hmac ? hmac.ActiveKey : null;
        _messageOffset = (_isIPv4 ? IPv4Header.MinLength : 0) + (_authentication.IsAuthenticationHeader ? AuthenticationHeader.Length : 0);
        _messageLength = VrrpAdvertisement.LengthOf(options.Version, options.Family, options.Addresses.Length);
        _packet = new byte[_messageOffset + _messageLength + (_hmacKey is null ? 0 : HmacTrailer.Length)];
        if (_isIPv4)
        {
            var timeToLive = options.IsUnicast ? options.UnicastHopLimit ?? 255 : (byte)255;
            var protocol = _authentication.IsAuthenticationHeader ? AuthenticationHeader.Protocol : VrrpAdvertisement.Protocol;
            IPv4Header.Write(_packet, _source, _destination, protocol, timeToLive, 0, _packet.Length);
        }

        WriteMessage(_packet.AsSpan(_messageOffset, _messageLength), options);
        UpdateChecksum(0, _usesPseudoHeader ? SumOfPseudoHeader() : 0);

        // Signs, too: that there is no cryptographic library must show now, and loading it takes its time.
        Patch(options.Priority, 0, _source, _destination);
    }

    /// <summary>Over IPv4 the packet with its header, over IPv6 the payload.</summary>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <summary>The VRRP message, without what authenticates it.</summary>
    public ReadOnlySpan<byte> Message => _packet.AsSpan(_messageOffset, _messageLength);

    /// <summary>
    /// Fixes the destination of the pseudo-header to a multicast group, as keepalived up to 1.3.6 did in unicast; version 3 over IPv4 only.
    /// </summary>
    public void UseOldUnicastChecksum(InetAddress group)
    {
        if (!_usesPseudoHeader || !_isIPv4)
            return;
        HasFixedChecksumDestination = true;
        SetChecksumDestination(group);
    }

    /// <summary>Whether <see cref="UseOldUnicastChecksum"/> is in force.</summary>
    public bool HasFixedChecksumDestination { get; private set; }

    /// <summary>Patches what changes from one advert to the next.</summary>
    /// <param name="priority">The priority, 0-255.</param>
    /// <param name="identification">The IPv4 identification; ignored over IPv6.</param>
    /// <param name="source">The source address; of the family of the template.</param>
    /// <param name="destination">The destination address; of the family of the template.</param>
    /// <param name="sequence">
    /// The sequence number of an authentication header (32 bits) or HMAC trailer (64 bits); ignored without either.
    /// </param>
    /// <returns>The packet, as <see cref="Packet"/>.</returns>
    /// <exception cref="ArgumentException">An address is of another family.</exception>
    public ReadOnlySpan<byte> Patch(
        byte priority, ushort identification, InetAddress source, InetAddress destination, ulong sequence = 0)
    {
        if (source.Family != _source.Family || destination.Family != _source.Family)
            throw new ArgumentException("The addresses are not of the template's family.");
        SetPriority(priority);
        if (source != _source)
            SetSource(source);
        if (destination != _destination)
        {
            _destination = destination;
            if (!HasFixedChecksumDestination)
                SetChecksumDestination(destination);
        }

        if (_hmacKey is { } key && !(_isSigned && sequence == _signedSequence))
            Sign(key, sequence);
        if (_isIPv4)
            PatchHeader(identification, sequence);
        return _packet;
    }

    private static void WriteMessage(Span<byte> message, VrrpRouterOptions options)
    {
        message[0] = (byte)(((int)options.Version << 4) | VrrpAdvertisement.AdvertisementType);
        message[1] = options.VirtualRouterId;
        message[2] = options.Priority;
        message[3] = (byte)options.Addresses.Length;
        if (options.Version == VrrpVersion.V2)
        {
            message[4] = (byte)options.Authentication.Type;
            message[5] = (byte)(options.AdvertisementInterval.Ticks / TimeSpan.TicksPerSecond);
        }
        else
        {
            var centiseconds = options.AdvertisementInterval.Ticks / (10 * TimeSpan.TicksPerMillisecond);
            BinaryPrimitives.WriteUInt16BigEndian(message[4..], (ushort)centiseconds);
        }

        var position = VrrpAdvertisement.HeaderLength;
        foreach (var address in options.Addresses)
            position += address.WriteTo(message[position..]);
        if (position < message.Length)
            BinaryPrimitives.WriteUInt64BigEndian(message[position..], options.Authentication.FieldValue);
        BinaryPrimitives.WriteUInt16BigEndian(message[VrrpAdvertisement.ChecksumOffset..], InternetChecksum.Compute(message));
    }

    private void SetPriority(byte priority)
    {
        var message = _packet.AsSpan(_messageOffset);
        if (message[2] == priority)
            return;
        _isSigned = false;
        var before = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        message[2] = priority;
        UpdateChecksum(before, BinaryPrimitives.ReadUInt16BigEndian(message[2..]));
    }

    private void SetSource(InetAddress source)
    {
        _isSigned = false;
        var before = SumOfPseudoHeader();
        _source = source;
        if (_usesPseudoHeader)
            UpdateChecksum(before, SumOfPseudoHeader());
    }

    private void SetChecksumDestination(InetAddress destination)
    {
        var before = SumOfPseudoHeader();
        _checksumDestination = destination;
        if (_usesPseudoHeader)
            UpdateChecksum(before, SumOfPseudoHeader());
    }

    /// <summary>Writes the trailer; only over IPv6 does the checksum cover it.</summary>
    private void Sign(VrrpHmacKey key, ulong sequence)
    {
        var trailer = _packet.AsSpan(_messageOffset + _messageLength);
        var before = InternetChecksum.Sum(trailer);
        HmacTrailer.Write(_packet.AsSpan(_messageOffset), _source, key, sequence);
        if (!_isIPv4)
            UpdateChecksum(before, InternetChecksum.Sum(trailer));
        (_signedSequence, _isSigned) = (sequence, true);
    }

    private void PatchHeader(ushort identification, ulong sequence)
    {
        var header = _packet.AsSpan(0, IPv4Header.MinLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[IPv4Header.IdentificationOffset..], identification);
        _source.WriteTo(header[IPv4Header.SourceOffset..]);
        _destination.WriteTo(header[IPv4Header.DestinationOffset..]);
        header.Slice(IPv4Header.ChecksumOffset, 2).Clear();
        if (_authentication.IsAuthenticationHeader)
            AuthenticationHeader.Write(_packet, (uint)sequence, _authentication, _isUnicast);
        BinaryPrimitives.WriteUInt16BigEndian(header[IPv4Header.ChecksumOffset..], InternetChecksum.Compute(header));
    }

    private uint SumOfPseudoHeader() =>
        InternetChecksum.SumPseudoHeader(
            _source, _checksumDestination, VrrpAdvertisement.Protocol, _isIPv4 ? _messageLength : _packet.Length);

    private void UpdateChecksum(uint before, uint after)
    {
        var field = _packet.AsSpan(_messageOffset + VrrpAdvertisement.ChecksumOffset, 2);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        BinaryPrimitives.WriteUInt16BigEndian(field, InternetChecksum.UpdateSum(checksum, before, after));
    }
}
