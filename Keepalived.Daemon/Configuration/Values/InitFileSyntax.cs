using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>init_file [VALUE] [overwrite]</c>, in any order.</summary>
internal sealed class InitFileSyntax : ValueSyntax<(int Value, bool Overwrite)>
{
    private const int MaxSensible = 254;

    public override string Description => "[VALUE] [overwrite]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, (int Value, bool Overwrite) previous, out (int Value, bool Overwrite) value)
    {
        value = default;
        for (var word = 1; word < reader.Count; word++)
        {
            if (reader[word] is "overwrite")
            {
                value.Overwrite = true;
                continue;
            }

            var number = Integers.Parse(reader[word], out var used, out var overflow);
            if (used != reader[word].Length || overflow || number is < int.MinValue or > int.MaxValue)
                reader.Unknown(word, ["overwrite"]);
            else
                value.Value = (int)number;
            if (Math.Abs(number) > MaxSensible)
                reader.InvalidNumber(
                    word, $"{number} is beyond what a priority can be changed by; it is used",
                    $"a number from -{MaxSensible} to {MaxSensible}");
        }

        return true;
    }
}
