namespace Keepalived.Daemon.Configuration.Values;

/// <summary>HTTP status codes and ranges of them; lines add up.</summary>
internal sealed class StatusCodesSyntax : ValueSyntax<List<(int From, int To)>>
{
    private const int Min = 100;
    private const int Max = 599;

    public override string Description => "CODE|FROM-TO ...";

    public override bool TryRead(ValueReader reader, List<(int From, int To)>? previous, out List<(int From, int To)> value)
    {
        value = previous ?? [];
        for (var word = 1; word < reader.Count; word++)
        {
            var text = reader[word];
            var from = Integers.Parse(text, out var used, out _);
            var to = from;
            if (used > 0 && used < text.Length && text[used] == '-')
            {
                var rest = text[(used + 1)..];
                to = Integers.Parse(rest, out var more, out _);
                used = more == 0 ? 0 : used + 1 + more;
            }

            if (used != text.Length || from < Min || to > Max || to < from)
                reader.Invalid(word, $"'{reader.Text(word)}' is no status code", $"a number from {Min} to {Max}, or a range of them");
            else
                value.Add(((int)from, (int)to));
        }

        return value.Count > 0;
    }
}
