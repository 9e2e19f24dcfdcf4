using System.Globalization;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The lines of a <c>~SEQ</c>, <c>~SEQx</c> or <c>~LST</c>: its text once for each value of its variables.</summary>
internal sealed class GeneratorFrame(Generator generator, Definition[] variables, StoredLine text) : LineFrame
{
    private long _index;

    public override bool TryNext(LineBuffer line, ConfigurationReader reader)
    {
        if (_index >= generator.Count || !reader.CountGeneratedLine(text.File, text.Line, text.Columns.Length > 0 ? text.Columns[0] : 1))
            return false;
        if (generator.Sets is { } sets)
        {
            for (var i = 0; i < variables.Length; i++)
                reader.SetVariable(variables[i], sets[(int)_index][i]);
        }
        else
        {
            var value = generator.First + (_index * generator.Step);
            reader.SetVariable(variables[0], value.ToString(generator.IsHex ? "x" : "d", CultureInfo.InvariantCulture));
        }

        _index++;
        line.Set(text);
        return true;
    }
}
