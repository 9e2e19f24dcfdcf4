using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>A session that clients may hear of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Audience">Who may.</param>
internal readonly record struct BfdPublication(string Name, RoleSet Audience);
