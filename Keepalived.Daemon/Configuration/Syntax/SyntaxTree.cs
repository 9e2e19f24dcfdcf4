using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>
/// A root statement with everything in it, in flat arrays that are used again for the next one: a configuration of half a million lines
/// leaves no objects behind. A statement's children follow it; its subtree ends where the next sibling begins.
/// </summary>
internal sealed class SyntaxTree(ConfigurationReader reader)
{
    private char[] _text = new char[4096];
    private int _textLength;
    private WordData[] _words = new WordData[256];
    private int _wordCount;
    private StatementData[] _statements = new StatementData[64];

    internal struct WordData
    {
        public int Definition;
        public ushort Start;
        public ushort Length;
        public ushort Column;
        public ushort EndColumn;
    }

    internal struct StatementData
    {
        public int FirstWord;
        public int TextStart;
        public int Line;
        public int SubtreeEnd;
        public ushort WordCount;
        public ushort TextLength;
        public ushort File;
        public short Keyword;
    }

    /// <summary>The number of statements.</summary>
    public int Count { get; private set; }

    public Statement this[int index] => new(this, index);

    public void Clear() => (_textLength, _wordCount, Count) = (0, 0, 0);

    /// <summary>Adds the line in work, split into words, and returns its index.</summary>
    public int Add(LineBuffer line)
    {
        var text = line.Text;
        var statement = new StatementData
        {
            FirstWord = _wordCount,
            TextStart = _textLength,
            TextLength = (ushort)text.Length,
            File = (ushort)line.File,
            Line = line.Line,
            Keyword = -1,
            SubtreeEnd = Count + 1,
        };
        Grow(ref _text, _textLength + text.Length);
        text.CopyTo(_text.AsSpan(_textLength));
        _textLength += text.Length;
        var at = 0;
        while (WordSplitter.TryNext(text, ref at, out var start, out var length))
        {
            Grow(ref _words, _wordCount + 1);
            var first = line.Start + start;
            _words[_wordCount++] = new WordData
            {
                Start = (ushort)start,
                Length = (ushort)length,
                Column = (ushort)line.ColumnAt(first),
                EndColumn = (ushort)(length == 0 ? line.ColumnAt(first) : line.ColumnAt(first + length - 1)),
                Definition = line.DefinitionAt(first)?.Index ?? -1,
            };
            statement.WordCount++;
        }

        Grow(ref _statements, Count + 1);
        _statements[Count] = statement;
        return Count++;
    }

    /// <summary>Takes the statement from <paramref name="index"/> on away again.</summary>
    public void RemoveFrom(int index)
    {
        if (index >= Count)
            return;
        _textLength = _statements[index].TextStart;
        _wordCount = _statements[index].FirstWord;
        Count = index;
    }

    public void SetKeyword(int index, Keyword keyword) => _statements[index].Keyword = (short)keyword.Id;

    public void Close(int index) => _statements[index].SubtreeEnd = Count;

    internal ref readonly StatementData Data(int index) => ref _statements[index];

    internal ref readonly WordData Word(int index, int word) => ref _words[_statements[index].FirstWord + word];

    internal ReadOnlySpan<char> WordText(int index, int word)
    {
        ref readonly var data = ref Word(index, word);
        return _text.AsSpan(_statements[index].TextStart + data.Start, data.Length);
    }

    internal ReadOnlySpan<char> RawText(int index) => _text.AsSpan(_statements[index].TextStart, _statements[index].TextLength);

    internal SourceLocation Location(int index, int word)
    {
        ref readonly var data = ref _statements[index];
        var column = word < data.WordCount ? Word(index, word).Column
            : data.WordCount > 0 ? Word(index, data.WordCount - 1).EndColumn + 1 : 1;
        return new SourceLocation(reader.Files[data.File].Path, data.Line, column);
    }

    internal DiagnosticNote? DefinitionNote(int index, int word) =>
        word < _statements[index].WordCount && Word(index, word).Definition is >= 0 and var definition
            ? reader.NoteOf(reader.Definitions[definition]) : null;

    private static void Grow<T>(ref T[] array, int needed)
    {
        if (needed > array.Length)
            Array.Resize(ref array, Math.Max(needed, array.Length * 2));
    }
}
