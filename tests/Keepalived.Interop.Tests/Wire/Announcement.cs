using System.Net;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>A gratuitous ARP request or an unsolicited neighbour advertisement: somebody says where an address lives.</summary>
internal sealed record Announcement
{
    public required IPAddress Address { get; init; }

    /// <summary>The hardware address that it names as the owner.</summary>
    public required string Owner { get; init; }

    public required string SourceMac { get; init; }

    /// <summary>What is wrong with the frame; empty for a clean one.</summary>
    public required IReadOnlyList<string> Defects { get; init; }
}
