using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The timing of checks, at a virtual server, a real server, or a check itself.</summary>
internal sealed class CheckDefaults(KeywordBlock block, bool isServer)
{
    public Keyword<uint> Retry { get; } = block.Add("retry", new NumberSyntax<uint>(isServer ? 1u : 0u, uint.MaxValue, lenient: !isServer),
        "Further attempts before a check has failed.");

    public Keyword<TimeSpan> DelayBeforeRetry { get; } = block.Add(
        "delay_before_retry", new DecimalSyntax(0, DecimalSyntax.LongestCheck), "The time before a further attempt.");

    public Keyword<TimeSpan> Warmup { get; } = block.Add(
        "warmup", new DecimalSyntax(0, DecimalSyntax.LongestCheck), "The most that the first check is put off, at random.",
        fallback: "delay_loop");

    public Keyword<TimeSpan> DelayLoop { get; } = block.Add(
        "delay_loop", new DecimalSyntax(1, DecimalSyntax.LongestCheck), "The time between checks.", fallback: "60");

    public Keyword<TimeSpan> ConnectTimeout { get; } = block.Add(
        "connect_timeout", new DecimalSyntax(1, 4_294_967_295), "How long connecting, and each reply, may take.", fallback: "5");
}
