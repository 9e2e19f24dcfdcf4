using Keepalived.Daemon.Configuration.Scripts;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The <c>notify_*</c> scripts that instances and sync groups have.</summary>
internal sealed class NotifyKeywords(KeywordBlock block, bool isInstance)
{
    private const Repetition First = Repetition.FirstWins;

    public Keyword<ScriptCommand> Master { get; } = block.Add("notify_master", Script, "Run on becoming master.", repeat: First);

    public Keyword<ScriptCommand> Backup { get; } = block.Add("notify_backup", Script, "Run on becoming backup.", repeat: First);

    public Keyword<ScriptCommand> Fault { get; } = block.Add("notify_fault", Script, "Run on a fault.", repeat: First);

    public Keyword<ScriptCommand> Stop { get; } = block.Add("notify_stop", Script, "Run when the daemon stops.", repeat: First);

    public Keyword<ScriptCommand> Any { get; } = block.Add("notify", Script,
        $"Run on each of these, with {(isInstance ? "INSTANCE" : "GROUP")}, name, state and priority as further arguments.", repeat: First);
}
