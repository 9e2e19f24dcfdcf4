using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink;

/// <summary>
/// What the kernel says about a request beyond an error number (NLMSGERR_ATTR_* of linux/netlink.h). On success its message is a warning.
/// </summary>
public readonly record struct ExtendedAcknowledgement
{
    private const ushort MessageAttribute = 1;
    private const ushort OffsetAttribute = 2;
    private const ushort MissingTypeAttribute = 5;

    /// <summary>The kernel's words, or null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// Where in the request the offending attribute starts, in bytes from the message header; null if the kernel did not say.
    /// </summary>
    public int? Offset { get; init; }

    /// <summary>The type of an attribute that the request lacks; null if the kernel did not say.</summary>
    public int? MissingAttribute { get; init; }

    /// <summary>Whether the kernel said nothing.</summary>
    public bool IsEmpty => Message is null && Offset is null && MissingAttribute is null;

    internal static ExtendedAcknowledgement Read(NetlinkAttributeReader attributes)
    {
        var result = default(ExtendedAcknowledgement);
        while (attributes.TryRead(out var attribute))
        {
            result = attribute.Type switch
            {
                MessageAttribute => result with { Message = attribute.GetString() },
                OffsetAttribute when attribute.TryGetInt32(out var offset) => result with { Offset = offset },
                MissingTypeAttribute when attribute.TryGetInt32(out var type) => result with { MissingAttribute = type },
                _ => result,
            };
        }

        return result;
    }
}
