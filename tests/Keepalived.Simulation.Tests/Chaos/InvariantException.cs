namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>Something happened that must not.</summary>
internal sealed class InvariantException(string message) : Exception(message);
