namespace Keepalived.Checkers.Interop.Tests.Verdicts;

/// <summary>One way of checking, and what comes of it.</summary>
/// <param name="Name">What is tested.</param>
/// <param name="IsUp">Whether the server is well by it.</param>
/// <param name="Port">The port of the real server: a placeholder.</param>
/// <param name="Check">The lines in the real server; words in angle brackets stand for what the servers are.</param>
/// <param name="Lines">Further lines in the virtual server.</param>
internal sealed record VerdictCase(string Name, bool IsUp, string Port, string Check, string Lines = "");
