namespace Keepalived.Checkers.Pools;

/// <summary>One thing that a <see cref="ServerPool"/> asks for.</summary>
/// <param name="Kind">What.</param>
/// <param name="Server">Which server; <see langword="null"/> when it concerns the quorum.</param>
/// <param name="Weight">The weight, where the kind has one: 0 to 2^31-1 for a server.</param>
public readonly record struct PoolAction(PoolActionKind Kind, PoolServer? Server, long Weight = 0);
