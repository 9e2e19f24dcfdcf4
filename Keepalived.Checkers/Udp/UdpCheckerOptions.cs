using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Udp;

/// <summary>What a <see cref="UdpChecker"/> sends, and what it expects.</summary>
public sealed record UdpCheckerOptions
{
    /// <summary>Where the server is.</summary>
    public required ConnectionOptions Connection { get; init; }

    /// <summary>What is sent (<c>payload</c>): up to 65507 bytes. 32 bytes of text by default.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; } = DefaultPayload;

    /// <summary>
    /// Silence is a failure (<c>require_reply</c>). By default it is a success: only an ICMP error tells that nobody is there.
    /// </summary>
    public bool RequireReply { get; init; }

    /// <summary>What a required reply must look like; anything by default.</summary>
    public UdpReplyPattern? Reply { get; init; }

    private static ReadOnlyMemory<byte> DefaultPayload { get; } = "keepalived check - keepalived ch"u8.ToArray();

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or two do not go together.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Connection);
        Connection.Validate();
        if (Payload.Length > 65507)
            throw new ArgumentException($"A payload of {Payload.Length} bytes does not fit into a datagram.");
        if (Reply is not null && !RequireReply)
            throw new ArgumentException($"{nameof(Reply)} needs {nameof(RequireReply)}.");
    }
}
