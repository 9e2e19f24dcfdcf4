namespace Keepalived.Netlink.Wire;

/// <summary>Why bytes are not the message that was expected.</summary>
public enum NetlinkDecodeError
{
    /// <summary>They are.</summary>
    None,

    /// <summary>Fewer bytes than a message header.</summary>
    TruncatedHeader,

    /// <summary>The length field is shorter than the header, or longer than the bytes at hand.</summary>
    BadLength,

    /// <summary>A message of another type.</summary>
    WrongType,

    /// <summary>The payload is shorter than the fixed header of its type.</summary>
    TruncatedPayload,

    /// <summary>An attribute's length is shorter than its header, longer than the rest, or not that of its type.</summary>
    MalformedAttribute,

    /// <summary>An attribute without which the message says nothing is missing.</summary>
    MissingAttribute,
}
