using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A flag of the hashing schedulers: one must have been chosen before; under the other one it means nothing.</summary>
internal sealed class SchedulerFlagSyntax(string? scheduler) : ValueSyntax<bool>
{
    public override ValueKind Kind => ValueKind.Flag;

    public override string Description => string.Empty;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, bool previous, out bool value)
    {
        value = true;
        var chosen = reader.Values.Get(VirtualServerKeywords.LvsSched);
        if (chosen is not ("sh" or "mh"))
            reader.Invalid(0, $"lvs_sched {scheduler ?? "sh or mh"} must come before it", $"lvs_sched {scheduler ?? "sh"}");
        return scheduler is null || chosen == scheduler;
    }
}
