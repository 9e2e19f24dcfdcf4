using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>
/// Reads root statements with their blocks, as tolerant as the original: what is not understood is reported and left out.
/// </summary>
internal sealed class Parser(ConfigurationReader reader, IBlockGate gate)
{
    private const int MaxSuggestions = 500;

    private LineKind? _pushedBack;
    private int _unknown;

    private DiagnosticBag Diagnostics => reader.Diagnostics;

    /// <summary>Reads the next root statement into the tree; false at the end.</summary>
    public bool ReadRoot(SyntaxTree tree)
    {
        tree.Clear();
        while (true)
        {
            switch (Read())
            {
                case LineKind.End:
                    return false;
                case LineKind.Open:
                    ReportOpenBrace("in no block");
                    break;
                case LineKind.Close:
                    Diagnostics.Error(DiagnosticCodes.UnexpectedCloseBrace, ConfigurationFault.UnknownKeyword, Here(),
                        "this closing brace belongs to no block");
                    break;
                case LineKind.Words:
                    var index = tree.Add(reader.Line);
                    if (ReadStatement(tree, index, KeywordTable.Root))
                        return true;
                    tree.RemoveFrom(index);
                    break;
            }
        }
    }

    // Looks the keyword up and reads its block; false if the statement is to be left out.
    private bool ReadStatement(SyntaxTree tree, int index, KeywordBlock block)
    {
        var statement = tree[index];
        if (statement.WordCount == 0)
            return false;
        if (block.Find(statement[0]) is not { } keyword)
        {
            ReportUnknown(statement, block);
            return false;
        }

        tree.SetKeyword(index, keyword);
        if (keyword.IsReaderDirective)
            gate.Apply(statement);
        if (keyword.Opens is not { } inner)
            return true;
        if (gate.ShouldSkip(statement))
        {
            SkipBlock();
            return false;
        }

        ReadBlock(tree, index, keyword, inner);
        return true;
    }

    private void ReadBlock(SyntaxTree tree, int index, Keyword keyword, KeywordBlock block)
    {
        var statement = tree[index];
        if (block.IsList && statement.WordCount > 1 && !keyword.TakesParameters)
        {
            Diagnostics.Error(DiagnosticCodes.ExtraParameters, ConfigurationFault.General, statement.LocationOf(1),
                $"{keyword.Name} takes no parameters before its brace", "{", length: statement.LengthOf(1));
        }

        var kind = Read();
        if (kind != LineKind.Open)
        {
            // Of a list, and at the end of the input, the original does not mind.
            var isFault = !block.IsList && kind != LineKind.End;
            Diagnostics.Report(DiagnosticCodes.MissingOpenBrace, isFault ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                isFault ? ConfigurationFault.MissingOpenBrace : ConfigurationFault.None, tree[index].LocationOf(tree[index].WordCount),
                $"the opening brace of {keyword.Name} is missing", "{");
            _pushedBack = kind;
        }

        for (kind = Read(); kind is LineKind.Words or LineKind.Open; kind = Read())
        {
            if (kind == LineKind.Open)
            {
                ReportOpenBrace($"in {keyword.Name}");
                continue;
            }

            var child = tree.Add(reader.Line);
            if (block.IsList)
                continue;
            var isRead = ReadStatement(tree, child, block);
            if (isRead && keyword.IsStreamed)
                gate.Consume(tree[child]);
            if (!isRead || keyword.IsStreamed)
                tree.RemoveFrom(child);
        }

        tree.Close(index);
    }

    // Skips to the brace that closes the block.
    private void SkipBlock()
    {
        var kind = Read();
        if (kind != LineKind.Open)
        {
            _pushedBack = kind;
            return;
        }

        for (var depth = 1; depth > 0;)
        {
            switch (Read())
            {
                case LineKind.Open:
                    depth++;
                    break;
                case LineKind.Close:
                    depth--;
                    break;
                case LineKind.End or LineKind.ExtraClose:
                    return;
            }
        }
    }

    private LineKind Read()
    {
        if (_pushedBack is not { } kind)
            return reader.Read();
        _pushedBack = null;
        return kind;
    }

    private SourceLocation Here() => reader.Place(reader.Line, reader.Line.Start);

    private void ReportOpenBrace(string where)
    {
        var isReference = reader.Line.IsAfter('$', reader.Line.Start);
        Diagnostics.Error(DiagnosticCodes.UnexpectedOpenBrace, ConfigurationFault.UnexpectedOpenBrace, Here(),
            isReference ? "${...} is not defined before, and so its brace is taken for that of a block"
                : $"an opening brace {where} opens nothing here",
            isReference ? "$NAME=VALUE before it" : null);
    }

    private void ReportUnknown(Statement statement, KeywordBlock block)
    {
        // The first ones are worth a search for what was meant; a file that is nothing but unknown words is not a keepalived.conf.
        var word = TextEncoding.ToText(statement[0]);
        var isSearched = _unknown++ < MaxSuggestions;
        // A keyword of another block was probably meant as it stands.
        var elsewhere = isSearched ? KeywordTable.BlocksWith(word) : null;
        var suggestion = isSearched && elsewhere is null ? Suggestions.Find(word, block.Names) : null;
        Diagnostics.Error(
            DiagnosticCodes.UnknownKeyword,
            ConfigurationFault.UnknownKeyword,
            statement.Location,
            $"unknown keyword '{word}'{(block == KeywordTable.Root ? string.Empty : $" in {block.Name}")}",
            word.StartsWith('\uFEFF') ? "no byte order mark before it"
                : elsewhere is null ? null : $"this keyword inside {elsewhere}",
            suggestion,
            statement.LengthOf(0),
            statement.DefinitionNoteOf(0) is { } note ? [note] : []);
    }
}
