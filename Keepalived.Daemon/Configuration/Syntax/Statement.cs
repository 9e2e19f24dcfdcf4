using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>
/// A line of the configuration as words, the first of which is its keyword (in a list: its first word), with the lines of its block.
/// </summary>
internal readonly record struct Statement(SyntaxTree Tree, int Index)
{
    /// <summary>The keyword; null in a list.</summary>
    public Keyword? Keyword => Tree.Data(Index).Keyword is >= 0 and var id ? KeywordTable.ById(id) : null;

    public int WordCount => Tree.Data(Index).WordCount;

    /// <summary>A word, its quotes removed.</summary>
    public ReadOnlySpan<char> this[int word] => Tree.WordText(Index, word);

    /// <summary>The line with its quotes, as scripts are split from it.</summary>
    public ReadOnlySpan<char> RawText => Tree.RawText(Index);

    public SourceLocation Location => LocationOf(0);

    /// <summary>Where a word stands; for one beyond the last, the end of the line.</summary>
    public SourceLocation LocationOf(int word) => Tree.Location(Index, word);

    /// <summary>How many columns a word covers in its file.</summary>
    public int LengthOf(int word) => word < WordCount ? Tree.Word(Index, word).EndColumn - Tree.Word(Index, word).Column + 1 : 1;

    /// <summary>The definition that a word came from; null if it stands in the file itself.</summary>
    public DiagnosticNote? DefinitionNoteOf(int word) => Tree.DefinitionNote(Index, word);

    public ChildEnumerator Children => new(Tree, Index + 1, Tree.Data(Index).SubtreeEnd);

    /// <summary>Whether there is nothing in its block.</summary>
    public bool IsEmpty => Tree.Data(Index).SubtreeEnd == Index + 1;

    public struct ChildEnumerator(SyntaxTree tree, int next, int end)
    {
        private int _next = next;

        public Statement Current { get; private set; }

        public readonly ChildEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= end)
                return false;
            Current = tree[_next];
            _next = tree.Data(_next).SubtreeEnd;
            return true;
        }
    }
}
