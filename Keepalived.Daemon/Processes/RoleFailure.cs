namespace Keepalived.Daemon.Processes;

/// <summary>A role cannot go on, and knows the status that the process has to end with.</summary>
internal sealed class RoleFailure : Exception
{
    /// <param name="exitCode">One of <see cref="Processes.ExitCode"/>.</param>
    /// <param name="message">What is wrong, in words for the operator.</param>
    public RoleFailure(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>The status to end with.</summary>
    public int ExitCode { get; }
}
