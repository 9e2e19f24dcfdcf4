namespace Keepalived.Daemon.Balancing;

/// <summary>What the kernel's table says of a real server that a process before this one was in charge of.</summary>
/// <param name="IsServing">It was alive: it is in the table, and not inhibited there.</param>
/// <param name="Extra">By how much its weight is more than the configured one.</param>
internal readonly record struct AdoptedServer(bool IsServing, long Extra);
