using Keepalived.Bfd;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>A session as it was when a dump was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">What the endpoint was told; null while the ports are another's.</param>
/// <param name="Configuration">Its block; null if a neighbour opened it unasked.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Statistics">What it counted. Goes on counting.</param>
/// <param name="SendErrors">How often the kernel refused to send.</param>
internal sealed record BfdSessionSnapshot(
    string Name,
    BfdNeighborOptions? Options,
    BfdInstanceConfiguration? Configuration,
    BfdNeighborStatus Status,
    BfdStatistics Statistics,
    long SendErrors);
