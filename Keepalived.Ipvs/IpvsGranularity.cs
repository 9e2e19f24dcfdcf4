using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Numerics;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>
/// How much of a client's address persistence looks at: clients that agree in it go to the same destination. The default value is the whole
/// address.
/// </summary>
public readonly record struct IpvsGranularity
{
    private readonly byte _length;
    private readonly uint _mask;

    private IpvsGranularity(byte length, uint mask) => (_length, _mask) = (length, mask);

    /// <summary>The whole address: each client by itself.</summary>
    public static IpvsGranularity Host => default;

    /// <summary>The first bits of the address.</summary>
    /// <param name="length">Their number: 1 to 32 for IPv4, 1 to 128 for IPv6.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not in 1 to 128.</exception>
    public static IpvsGranularity Prefix(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 128);
        return new IpvsGranularity((byte)length, 0);
    }

    /// <summary>The bits of an IPv4 mask, which need not be contiguous.</summary>
    /// <exception cref="ArgumentException"><paramref name="mask"/> is not an IPv4 address, or is 0.0.0.0.</exception>
    public static IpvsGranularity Mask(InetAddress mask)
    {
        if (!mask.IsIPv4 || mask.IsAny)
            throw new ArgumentException("A mask is an IPv4 address other than 0.0.0.0.", nameof(mask));
        Span<byte> bytes = stackalloc byte[4];
        mask.WriteTo(bytes);
        return FromMask(BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }

    /// <summary>For IPv4 the mask, with the first bit of the address the highest; for IPv6 the prefix length.</summary>
    internal uint ToKernel(AddressFamily family)
    {
        if (family == AddressFamily.InterNetworkV6)
            return _length == 0 ? 128u : _length;
        if (_mask != 0)
            return _mask;
        return _length is 0 or >= 32 ? uint.MaxValue : uint.MaxValue << (32 - _length);
    }

    internal static IpvsGranularity FromKernel(AddressFamily family, uint value)
    {
        if (family == AddressFamily.InterNetworkV6)
            return value is >= 1 and < 128 ? Prefix((int)value) : Host;
        return value is 0 or uint.MaxValue ? Host : FromMask(value);
    }

    /// <summary>Why it does not fit a family; null if it does.</summary>
    internal string? Misfit(AddressFamily family) => family switch
    {
        AddressFamily.InterNetworkV6 when _mask != 0 => "IPv6 has prefix lengths, not masks",
        AddressFamily.InterNetwork when _length > 32 => "an IPv4 address has 32 bits",
        _ => null,
    };

    private static IpvsGranularity FromMask(uint mask)
    {
        var length = BitOperations.LeadingZeroCount(~mask);
        return mask == (length == 0 ? 0 : uint.MaxValue << (32 - length)) && length < 32
            ? new IpvsGranularity((byte)length, 0)
            : length == 32 ? Host : new IpvsGranularity(0, mask);
    }

    /// <summary><c>/24</c>, a mask, or <c>host</c>.</summary>
    public override string ToString() => _mask != 0
        ? InetAddress.FromIPv4(_mask).ToString()
        : _length == 0 ? "host" : string.Create(CultureInfo.InvariantCulture, $"/{_length}");
}
