using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Definitions and generators.</summary>
internal sealed partial class ConfigurationReader
{
    private bool TakeDefinition()
    {
        var length = References.NameLength(Line.Text[1..]);
        if (length == 0 || length + 1 >= Line.Length || Line.Text[length + 1] != '=')
            return false;
        var name = Line.Text.Slice(1, length);
        var value = Line.Text[(length + 2)..].Trim(" \t");
        var definition = Define(name, value.EndsWith('\\') ? string.Empty : value.ToString());
        if (value.EndsWith('\\'))
            CollectLines(definition, value[..^1].TrimEnd(" \t").ToString());
        return true;
    }

    private Definition Define(ReadOnlySpan<char> name, string value)
    {
        if (!_lookup.TryGetValue(name, out var definition) || definition.File != Line.File || definition.Line != Line.Line)
        {
            definition = new Definition(name.ToString(), _allDefinitions.Count, Line.File, Line.Line);
            _allDefinitions.Add(definition);
            _lookup[name] = definition;
        }

        definition.Value = value;
        definition.Lines = null;
        return definition;
    }

    // The lines that follow in the file belong to the definition, up to the first that does not end in a backslash or is empty.
    private void CollectLines(Definition definition, string first)
    {
        var lines = new List<string>();
        if (first.Length > 0)
            lines.Add(first);
        var place = Place(Line, Line.Start);
        var finished = false;
        while (!finished && CurrentFile is { } file && _frames.Peek() == file && file.TryNext(Line, this))
        {
            if (file.WasEmpty)
            {
                finished = true;
                break;
            }

            RemoveComments();
            if (Line.Length == 0)
                continue;
            finished = Line.Text[^1] != '\\';
            var text = finished ? Line.Text : Line.Text[..^1].TrimEnd(" \t");
            if (!text.IsEmpty)
                lines.Add(text.ToString());
        }

        definition.Lines = lines;
        definition.Value = lines.Count > 0 ? lines[0] : string.Empty;
        if (!finished)
        {
            Diagnostics.Report(DiagnosticCodes.UnfinishedDefinition, DiagnosticSeverity.Warning, ConfigurationFault.None, place,
                $"the file ends within the definition of ${definition.Name}");
        }
    }

    private bool TakeGenerator()
    {
        if (Generator.Parse(Line.Text, Expand, out var error) is not { } generator)
        {
            Diagnostics.Error(DiagnosticCodes.BadGenerator, ConfigurationFault.General, Place(Line, Line.Start),
                $"malformed generator: {error}",
                "~SEQ(NAME, [START, [STEP,]] END) TEXT or ~LST(NAME, VALUE, ...) TEXT");
            return false;
        }

        var variables = Array.ConvertAll(generator.Variables, name => FindVariable(name));
        Push(new GeneratorFrame(generator, variables, Line.Store(Line.Start + generator.TextStart)));
        return false;
    }

    private Definition FindVariable(string name) => Define(name, string.Empty);

    // Expands single-line definitions in the arguments of a generator.
    private string Expand(string text)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        _scratch.SetText(text, Line.File, Line.Line);
        _substitution.Apply(_scratch, allowMultiLine: false);
        return _scratch.Text.ToString();
    }
}
