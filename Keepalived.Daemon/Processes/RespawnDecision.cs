namespace Keepalived.Daemon.Processes;

/// <summary>What to do after the death of a child.</summary>
/// <param name="Action">The kind of answer.</param>
/// <param name="Delay">For <see cref="RespawnAction.Respawn"/>: nanoseconds to wait first.</param>
/// <param name="ExitCode">Otherwise: the status that the supervisor ends with.</param>
internal readonly record struct RespawnDecision(RespawnAction Action, long Delay, int ExitCode);
