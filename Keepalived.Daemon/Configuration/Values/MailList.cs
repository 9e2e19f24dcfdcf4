namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Mail addresses, any number a line, at least one.</summary>
internal sealed class MailList() : ListSyntax<string>("notification_email")
{
    public override string Description => "{ ADDRESS ... }";

    public override bool TryRead(ValueReader reader, List<string>? previous, out List<string> value)
    {
        base.TryRead(reader, previous, out value);
        if (reader.Statement.IsEmpty)
        {
            reader.Context.Error(
                reader.Statement, 0, Diagnostics.DiagnosticCodes.EmptyBlock, $"{reader.Keyword.Name} is empty", "an address");
        }

        return true;
    }

    protected override void ReadEntry(ValueReader entry, List<string> list)
    {
        for (var i = 0; i < entry.Count; i++)
            list.Add(entry.Text(i));
    }
}
