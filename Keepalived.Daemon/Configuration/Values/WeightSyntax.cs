namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>WEIGHT [reverse]</c></summary>
internal sealed class WeightSyntax(int limit, bool noReverse = false) : ValueSyntax<(int Weight, bool Reverse)>
{
    public override string Description => $"-{limit}..{limit} [reverse]";

    public override bool TryRead(ValueReader reader, (int Weight, bool Reverse) previous, out (int Weight, bool Reverse) value)
    {
        value = default;
        if (!new NumberSyntax<int>(-limit, limit, lenient: true).TryRead(reader, 1, out value.Weight))
            return false;
        if (reader.Count == 2)
            return true;
        value.Reverse = reader[2] is "reverse";
        if (!value.Reverse && !(noReverse && reader[2] is "noreverse"))
            reader.Unknown(2, ["reverse"]);
        return true;
    }
}
