using System.Net;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>A VRRP advertisement as it was seen on the link, with everything that is wrong with it.</summary>
internal sealed record Advert
{
    public required string SourceMac { get; init; }

    public required string DestinationMac { get; init; }

    public required IPAddress Source { get; init; }

    public required IPAddress Destination { get; init; }

    public required int Ttl { get; init; }

    public int Version { get; init; }

    public int Type { get; init; }

    public int VirtualRouterId { get; init; }

    public int Priority { get; init; }

    /// <summary>The advertised interval: whole seconds in version 2, centiseconds in version 3.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>0 none, 1 PASS, 2 AH; version 2 only.</summary>
    public int AuthenticationType { get; init; }

    public string AuthenticationData { get; init; } = "";

    /// <summary>Whether it came behind an IP authentication header (protocol 51).</summary>
    public bool HasAuthenticationHeader { get; init; }

    /// <summary>The number in the authentication header or in the HMAC trailer.</summary>
    public ulong Sequence { get; init; }

    /// <summary>The message with the HMAC trailer, if it has one.</summary>
    public byte[] Payload { get; init; } = [];

    /// <summary>The HMAC trailer; empty if there is none.</summary>
    public byte[] Trailer { get; init; } = [];

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>What a strict receiver would object to; empty for a clean advert.</summary>
    public required IReadOnlyList<string> Defects { get; init; }

    public bool IsMulticast => Destination.Equals(AdvertDecoder.Group4) || Destination.Equals(AdvertDecoder.Group6);
}
