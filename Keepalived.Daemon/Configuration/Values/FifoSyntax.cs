using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A FIFO's path with its owner.</summary>
internal sealed class FifoSyntax : ValueSyntax<FifoCommand>
{
    public override string Description => "PATH [USER [GROUP]]";

    public override bool TryRead(ValueReader reader, FifoCommand? previous, out FifoCommand value)
    {
        var user = reader.Count > 2
            ? reader.Context.ScriptUsers.Find(reader, 2, reader.Text(2), reader.Count > 3 ? reader.Text(3) : null, isFault: false)
            : reader.Context.ScriptUsers.GetDefault(reader.Context, reader.Statement.LocationOf(1), reader.Keyword.Name);
        value = user is null ? null! : new FifoCommand(reader.Text(1), user, reader.Statement.LocationOf(1));
        return user is not null;
    }
}
