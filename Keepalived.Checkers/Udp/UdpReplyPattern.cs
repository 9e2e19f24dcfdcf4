namespace Keepalived.Checkers.Udp;

/// <summary>What a reply to a UDP probe must look like: a length, and bytes with wildcards.</summary>
public sealed class UdpReplyPattern
{
    private readonly byte[] _value;
    private readonly byte[] _mask;
    private readonly int _minLength;

    /// <summary>The start of the reply must agree with some bytes, as far as both go.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="mask">Which of their bits count; all by default. A nibble of zero bits is a wildcard digit.</param>
    /// <param name="minLength">The least length of a reply (<c>min_reply_length</c>).</param>
    /// <param name="maxLength">The greatest length of a reply (<c>max_reply_length</c>), up to 65535.</param>
    /// <exception cref="ArgumentException">The mask has another length than the value, or the lengths are out of their ranges.</exception>
    public UdpReplyPattern(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask = default, int minLength = 0, int maxLength = 255)
    {
        if (!mask.IsEmpty && mask.Length != value.Length)
            throw new ArgumentException($"A mask of {mask.Length} bytes does not go with {value.Length} bytes.", nameof(mask));
        if (minLength < 0 || maxLength > 65535 || minLength > maxLength)
            throw new ArgumentException($"{minLength} to {maxLength} is no range of lengths within 0 to 65535.", nameof(minLength));
        _value = value.ToArray();
        _mask = mask.ToArray();
        if (mask.IsEmpty)
            _mask = [.. Enumerable.Repeat((byte)0xff, value.Length)];
        _minLength = minLength;
        MaxLength = maxLength;
    }

    /// <summary>The greatest length of a reply.</summary>
    public int MaxLength { get; }

    /// <summary>Whether a reply is as it should be. Total: any bytes.</summary>
    /// <param name="reply">The reply.</param>
    /// <returns><see langword="true"/> if length and bytes agree.</returns>
    public bool IsMatch(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < _minLength || reply.Length > MaxLength)
            return false;
        for (var i = 0; i < Math.Min(reply.Length, _value.Length); i++)
        {
            if (((reply[i] ^ _value[i]) & _mask[i]) != 0)
                return false;
        }

        return true;
    }
}
