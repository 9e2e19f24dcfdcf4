using System.Globalization;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>A <c>bfd_instance</c> block. The defaults detect within 2 s, which no noise of a crowded machine reaches.</summary>
internal sealed record BfdInstance
{
    public string Name { get; init; } = "peer";

    public required string Neighbor { get; init; }

    /// <summary>Milliseconds, both ways.</summary>
    public int Interval { get; init; } = 100;

    public int Multiplier { get; init; } = 20;

    /// <summary>Further lines of the block, as they are.</summary>
    public string[] Lines { get; init; } = [];

    public TimeSpan DetectionTime => TimeSpan.FromMilliseconds(Interval * Multiplier);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        bfd_instance {{Name}} {
            neighbor_ip {{Neighbor}}
            min_rx {{Interval}}
            min_tx {{Interval}}
            multiplier {{Multiplier}}
            {{string.Join("\n    ", Lines)}}
        }
        """);
}
