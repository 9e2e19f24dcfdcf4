using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>MASTER</c> or <c>BACKUP</c>; another word means BACKUP, and BACKUP does not take MASTER back.</summary>
internal sealed class InitialStateSyntax : ValueSyntax<bool>
{
    public override string Description => "MASTER|BACKUP";

    public override bool TryRead(ValueReader reader, bool previous, out bool value)
    {
        value = reader[1] is "MASTER";
        if (!value && reader[1] is not "BACKUP")
        {
            reader.Unknown(1, ["MASTER", "BACKUP"]);
            return !previous;
        }

        if (value || !previous)
            return true;
        reader.Invalid(1, "the state is MASTER already; BACKUP is ignored");
        return false;
    }
}
