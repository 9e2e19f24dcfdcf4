using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The timing of checks, at a virtual server, a real server, or a check itself.</summary>
internal sealed class CheckDefaults(KeywordBlock block, bool isServer, bool withTimeout = true)
{
    private const string OfServer = "the server's";

    public Keyword<uint> Retry { get; } = block.Add("retry", new NumberSyntax<uint>(isServer ? 1u : 0u, uint.MaxValue, lenient: !isServer),
        "Further attempts before a check has failed.", fallback: isServer ? "1; MISC_CHECK: 0, DNS_CHECK: 3" : OfServer);

    public Keyword<TimeSpan> DelayBeforeRetry { get; } = block.Add(
        "delay_before_retry", new DecimalSyntax(0, DecimalSyntax.LongestCheck, lenient: true), "The time before a further attempt.",
        fallback: isServer ? "1; HTTP_GET and SSL_GET: 3, DNS_CHECK: delay_loop" : OfServer);

    public Keyword<TimeSpan> WarmUp { get; } = block.Add(
        "warmup", new DecimalSyntax(0, DecimalSyntax.LongestCheck, lenient: true), "The most that the first check is put off, at random.",
        fallback: isServer ? "delay_loop" : OfServer);

    public Keyword<TimeSpan> DelayLoop { get; } = block.Add(
        "delay_loop", new DecimalSyntax(1, DecimalSyntax.LongestCheck, lenient: true), "The time between checks.", fallback: isServer ? "60" : OfServer);

    /// <summary>How long connecting may take; null where nothing connects.</summary>
    public Keyword<TimeSpan>? ConnectTimeout { get; } = withTimeout
        ? block.Add("connect_timeout", new DecimalSyntax(1, 4_294_967_295, lenient: true), "How long connecting, and each reply, may take.",
            fallback: isServer ? "5" : OfServer)
        : null;

    /// <summary>What a block says.</summary>
    public CheckTimes Read(BlockValues values) => new()
    {
        Retry = values.Find(Retry),
        DelayBeforeRetry = values.Find(DelayBeforeRetry),
        WarmUp = values.Find(WarmUp),
        DelayLoop = values.Find(DelayLoop),
        ConnectTimeout = ConnectTimeout is null ? null : values.Find(ConnectTimeout),
    };
}
