using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the record of the notify scripts of an instance or a sync group.</summary>
internal static class NotifyCompletion
{
    public static NotifyScripts Complete(ScriptChecker checker, BlockValues values, NotifyKeywords keywords)
    {
        var hasAny = values.Has(keywords.Master) || values.Has(keywords.Backup) || values.Has(keywords.Fault)
            || values.Has(keywords.Stop) || values.Has(keywords.Any);
        return !hasAny ? NotifyScripts.None : new()
        {
            Master = checker.Check(values.Get(keywords.Master)),
            Backup = checker.Check(values.Get(keywords.Backup)),
            Fault = checker.Check(values.Get(keywords.Fault)),
            Stop = checker.Check(values.Get(keywords.Stop)),
            Any = checker.Check(values.Get(keywords.Any)),
        };
    }
}
