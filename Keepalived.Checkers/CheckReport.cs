namespace Keepalived.Checkers;

/// <summary>One probe of one scheduled checker, finished.</summary>
/// <param name="Checker">Which.</param>
/// <param name="Result">What the probe found.</param>
/// <param name="Verdict">What follows from it.</param>
/// <param name="Duration">How long the probe took.</param>
public readonly record struct CheckReport(ScheduledChecker Checker, CheckResult Result, CheckVerdict Verdict, TimeSpan Duration);
