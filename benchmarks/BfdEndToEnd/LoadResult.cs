namespace Keepalived.BfdEndToEnd;

/// <summary>What was seen of a <see cref="Load"/>.</summary>
/// <param name="MicrosecondsPerPair">Processor time of one end for each packet sent and one received.</param>
/// <param name="Percent">Processor time of one end, of one processor.</param>
/// <param name="PacketsPerSecond">Packets of both ends.</param>
/// <param name="FalseDetections">Times that a neighbour was declared silent although both lived.</param>
/// <param name="Stall">The longest that a real-time thread of ours was kept from running.</param>
internal sealed record LoadResult(double MicrosecondsPerPair, double Percent, double PacketsPerSecond, int FalseDetections, TimeSpan Stall);
