namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A list of words, any number a line.</summary>
internal sealed class WordListSyntax(string name, string description, int maxLength = int.MaxValue) : ListSyntax<string>(name)
{
    public override string Description => $"{{ {description} ... }}";

    protected override void ReadEntry(ValueReader entry, List<string> list)
    {
        for (var i = 0; i < entry.Count; i++)
        {
            if (entry[i].Length > maxLength)
                entry.Invalid(i, $"'{entry.Text(i)}' is too long", $"at most {maxLength} bytes");
            else
                list.Add(entry.Text(i));
        }
    }
}
