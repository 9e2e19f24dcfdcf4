using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Replaces references by the values of their definitions, again and again from the place of the last one.</summary>
internal sealed class Substitution(ConfigurationReader reader)
{
    private int _total;

    /// <summary>What became of a line.</summary>
    public enum Outcome
    {
        Unchanged,
        Changed,

        /// <summary>The line was nothing but a reference to a multi-line definition, whose lines come now.</summary>
        Consumed,
    }

    public Outcome Apply(LineBuffer line, bool allowMultiLine)
    {
        var outcome = Outcome.Unchanged;
        var count = 0;
        for (var at = line.Start; at < line.End - 1;)
        {
            var dollar = line.Text[(at - line.Start)..].IndexOf('$');
            if (dollar < 0)
                break;
            at += dollar;
            if (!References.TryParse(line.Text[(at - line.Start)..], out var name, out var parameters, out var length))
            {
                at++;
                continue;
            }

            var definition = reader.FindDefinition(name);
            if (definition is { Lines: { } lines })
            {
                if (!allowMultiLine || !parameters.IsEmpty || at + length != line.End || IsRecursive(line, definition, at))
                {
                    at++;
                    continue;
                }

                if (at == line.Start)
                {
                    reader.PushDefinition(definition, 0, line.File, line.Line, line.ColumnAt(at));
                    return Outcome.Consumed;
                }

                reader.PushDefinition(definition, 1, line.File, line.Line, line.ColumnAt(at));
            }

            if (definition is not null && (!parameters.IsEmpty || (definition.Lines is null && IsRecursive(line, definition, at))))
            {
                at++;
                continue;
            }

            var value = definition?.Value ?? reader.Predefined.Find(name, parameters, reader.Place(line, at));
            if (value is null)
            {
                at++;
                continue;
            }

            if (++count > ReadLimits.SubstitutionsPerLine || ++_total > ReadLimits.Substitutions)
            {
                reader.Diagnostics.Error(DiagnosticCodes.TooManyLines, ConfigurationFault.General, reader.Place(line, at),
                    "too many substitutions; the rest of the line stays as it is");
                break;
            }

            if (!line.Fits(length, value.Length))
            {
                reader.Diagnostics.Error(DiagnosticCodes.LineTooLong, ConfigurationFault.General, reader.Place(line, at),
                    $"${definition?.Name ?? name.ToString()} makes the line too long and stays as it is",
                    $"at most {ReadLimits.LogicalLine} bytes");
                break;
            }

            at -= line.Replace(at, length, value, definition);
            outcome = Outcome.Changed;
            if (value.StartsWith('~'))
                break;
        }

        return outcome;
    }

    private bool IsRecursive(LineBuffer line, Definition definition, int at)
    {
        if (!line.IsWithin(definition, at) && !reader.IsExpanding(definition))
            return false;
        reader.Diagnostics.Error(DiagnosticCodes.RecursiveDefinition, ConfigurationFault.General, reader.Place(line, at),
            $"${definition.Name} refers to itself", notes: [reader.NoteOf(definition)]);
        return true;
    }
}
