namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>UDP_CHECK</c>: a datagram is not refused, or is answered.</summary>
public sealed record UdpCheckConfiguration : ConnectingCheckConfiguration
{
    /// <summary><c>payload</c>; the standard text if empty.</summary>
    public EquatableArray<byte> Payload { get; init; }

    /// <summary><c>require_reply</c>: whether an answer must come.</summary>
    public bool RequireReply { get; init; }

    /// <summary>How the answer must begin; anyhow if empty.</summary>
    public EquatableArray<byte> Reply { get; init; }

    /// <summary>Which bits of <see cref="Reply"/> count: a mask of the same length.</summary>
    public EquatableArray<byte> ReplyMask { get; init; }

    /// <summary><c>min_reply_length</c>, which counts with a <see cref="Reply"/>.</summary>
    public ushort MinReplyLength { get; init; }

    /// <summary><c>max_reply_length</c>, which counts with a <see cref="Reply"/>.</summary>
    public ushort MaxReplyLength { get; init; } = byte.MaxValue;
}
