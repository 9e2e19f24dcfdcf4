using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// The advertisement of one router, built once; what changes later (priority, identification, source, destination) is patched in, with
/// the checksum updated incrementally (RFC 1624). Equal, byte by byte, to building it anew.
/// </summary>
public sealed class VrrpAdvertisementTemplate
{
    private readonly byte[] _packet;
    private readonly int _messageOffset;
    private readonly bool _usesPseudoHeader;
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
        _messageOffset = options.Family == AddressFamily.InterNetwork ? IPv4Header.MinLength : 0;
        _packet = new byte[_messageOffset + VrrpAdvertisement.LengthOf(options.Version, options.Family, options.Addresses.Length)];
        if (_messageOffset > 0)
        {
            var timeToLive = options.IsUnicast ? options.UnicastHopLimit ?? 255 : (byte)255;
            IPv4Header.Write(_packet, _source, _destination, VrrpAdvertisement.Protocol, timeToLive, 0, _packet.Length);
        }

        WriteMessage(_packet.AsSpan(_messageOffset), options);
        UpdateChecksum(0, _usesPseudoHeader ? SumOfPseudoHeader() : 0);
    }

    /// <summary>Over IPv4 the packet with its header, over IPv6 the payload.</summary>
    public ReadOnlySpan<byte> Packet => _packet;

    /// <summary>The VRRP message.</summary>
    public ReadOnlySpan<byte> Message => _packet.AsSpan(_messageOffset);

    /// <summary>
    /// Fixes the destination of the pseudo-header to a multicast group, as keepalived up to 1.3.6 did in unicast; version 3 over IPv4 only.
    /// </summary>
    public void UseOldUnicastChecksum(InetAddress group)
    {
        if (!_usesPseudoHeader || _messageOffset == 0)
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
    /// <returns>The packet, as <see cref="Packet"/>.</returns>
    /// <exception cref="ArgumentException">An address is of another family.</exception>
    public ReadOnlySpan<byte> Patch(byte priority, ushort identification, InetAddress source, InetAddress destination)
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

        if (_messageOffset > 0)
            PatchHeader(identification);
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
        var before = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        message[2] = priority;
        UpdateChecksum(before, BinaryPrimitives.ReadUInt16BigEndian(message[2..]));
    }

    private void SetSource(InetAddress source)
    {
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

    private void PatchHeader(ushort identification)
    {
        var header = _packet.AsSpan(0, IPv4Header.MinLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[IPv4Header.IdentificationOffset..], identification);
        _source.WriteTo(header[IPv4Header.SourceOffset..]);
        _destination.WriteTo(header[IPv4Header.DestinationOffset..]);
        header.Slice(IPv4Header.ChecksumOffset, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[IPv4Header.ChecksumOffset..], InternetChecksum.Compute(header));
    }

    private uint SumOfPseudoHeader() =>
        InternetChecksum.SumPseudoHeader(_source, _checksumDestination, VrrpAdvertisement.Protocol, _packet.Length - _messageOffset);

    private void UpdateChecksum(uint before, uint after)
    {
        var field = _packet.AsSpan(_messageOffset + VrrpAdvertisement.ChecksumOffset, 2);
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        BinaryPrimitives.WriteUInt16BigEndian(field, InternetChecksum.UpdateSum(checksum, before, after));
    }
}
