namespace Keepalived.Daemon.Configuration.Values;

/// <summary>CPU numbers; one that does not exist voids the whole set.</summary>
internal sealed class CpuListSyntax : ValueSyntax<int[]>
{
    public override string Description => "CPU [CPU ...]";

    public override bool TryRead(ValueReader reader, int[]? previous, out int[] value)
    {
        var number = new NumberSyntax<int>(0, Math.Max(0, Environment.ProcessorCount - 1), lenient: true);
        value = new int[reader.Count - 1];
        for (var i = 0; i < value.Length; i++)
        {
            if (number.TryRead(reader, i + 1, out value[i]))
                continue;
            value = [];
            return true;
        }

        return true;
    }
}
