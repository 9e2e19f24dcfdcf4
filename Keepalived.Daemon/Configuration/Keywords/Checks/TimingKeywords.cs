using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of every check that runs again and again.</summary>
internal sealed class TimingKeywords(KeywordBlock block, bool withTimeout)
{
    public CheckDefaults Times { get; } = new(block, isServer: false, withTimeout);

    public Keyword<bool?> Alpha { get; } = block.Add("alpha", OptionalBool, "The server is down until this check succeeds.");

    public Keyword<bool> LogAllFailures { get; } = block.Add("log_all_failures", Bool, "Log each failure.");

    /// <inheritdoc cref="CheckDefaults.Read"/>
    public CheckTimes Read(BlockValues values) => Times.Read(values) with
    {
        Alpha = values.Get(Alpha),
        LogAllFailures = values.Get(LogAllFailures),
    };
}
