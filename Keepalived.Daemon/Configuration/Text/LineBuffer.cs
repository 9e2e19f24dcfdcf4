using System.Text;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>
/// The line in work: its characters, and for each the column it came from and the definition that it came through. A line that nothing has
/// rewritten needs no map: its columns are its indices.
/// </summary>
internal sealed class LineBuffer
{
    private const int Capacity = 2048;

    private readonly char[] _text = new char[Capacity];
    private readonly int[] _columns = new int[Capacity];
    private readonly int[] _origins = new int[Capacity];
    private readonly List<(Definition Definition, int Parent)> _expansions = [];
    private bool _isMapped;

    /// <summary>Where the window on the text begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    public int File { get; private set; }

    public int Line { get; private set; }

    public int Length => End - Start;

    public ReadOnlySpan<char> Text => _text.AsSpan(Start, End - Start);

    public IReadOnlyList<(Definition Definition, int Parent)> Expansions => _expansions;

    public void SetBytes(ReadOnlySpan<byte> bytes, int file, int line)
    {
        Encoding.Latin1.GetChars(bytes, _text);
        (Start, End, File, Line, _isMapped) = (0, bytes.Length, file, line, false);
        _expansions.Clear();
    }

    public void SetText(ReadOnlySpan<char> text, int file, int line)
    {
        text.CopyTo(_text);
        (Start, End, File, Line, _isMapped) = (0, text.Length, file, line, false);
        _expansions.Clear();
    }

    /// <summary>Takes a line of a multi-line definition: every character points at the place of its use.</summary>
    public void SetBody(string text, Definition definition, int file, int line, int column)
    {
        text.CopyTo(_text);
        (Start, End, File, Line, _isMapped) = (0, text.Length, file, line, true);
        _expansions.Clear();
        _expansions.Add((definition, 0));
        _columns.AsSpan(0, End).Fill(column);
        _origins.AsSpan(0, End).Fill(1);
    }

    public void Set(StoredLine stored)
    {
        stored.Text.CopyTo(_text, 0);
        stored.Columns.CopyTo(_columns, 0);
        stored.Origins.CopyTo(_origins, 0);
        (Start, End, File, Line, _isMapped) = (0, stored.Text.Length, stored.File, stored.Line, true);
        _expansions.Clear();
        _expansions.AddRange(stored.Expansions);
    }

    /// <summary>Copies the text from <paramref name="start"/> on, to be set again later.</summary>
    public StoredLine Store(int start)
    {
        EnsureMapped();
        return new(_text[start..End], _columns[start..End], _origins[start..End], [.. _expansions], File, Line);
    }

    public void Window(int start, int end) => (Start, End) = (start, end);

    public void Trim()
    {
        while (Start < End && _text[Start] is ' ' or '\t')
            Start++;
        while (Start < End && _text[End - 1] is ' ' or '\t')
            End--;
    }

    /// <summary>The column, from 1, that the character at an absolute index came from.</summary>
    public int ColumnAt(int index) => !_isMapped ? index + 1 : index < End ? _columns[index] : index == 0 ? 1 : _columns[index - 1] + 1;

    /// <summary>The definition that the character at an absolute index came through; null if it stands in the file.</summary>
    public Definition? DefinitionAt(int index) => OriginAt(index) is > 0 and var origin ? _expansions[origin - 1].Definition : null;

    public int OriginAt(int index) => _isMapped && index < End ? _origins[index] : 0;

    /// <summary>Whether the character at an absolute index stands behind <paramref name="c"/>.</summary>
    public bool IsAfter(char c, int index) => index > 0 && _text[index - 1] == c;

    /// <summary>Removes the character at an absolute index.</summary>
    public void Remove(int index)
    {
        EnsureMapped();
        Array.Copy(_text, index + 1, _text, index, End - index - 1);
        Array.Copy(_columns, index + 1, _columns, index, End - index - 1);
        Array.Copy(_origins, index + 1, _origins, index, End - index - 1);
        End--;
    }

    /// <summary>
    /// Whether the text fits after replacing <paramref name="length"/> characters by <paramref name="replacement"/> ones.
    /// </summary>
    public bool Fits(int length, int replacement) => Length - length + replacement <= ReadLimits.LogicalLine;

    /// <summary>
    /// Replaces characters by the value of a definition; the new ones point at the first of the old ones. Returns by how much the line has
    /// moved to the front of the buffer.
    /// </summary>
    public int Replace(int index, int length, ReadOnlySpan<char> value, Definition? definition)
    {
        EnsureMapped();
        var shifted = Start;
        Shift();
        index -= shifted;

        var (column, parent) = (_columns[index], _origins[index]);
        var origin = parent;
        if (definition is not null)
        {
            _expansions.Add((definition, parent));
            origin = _expansions.Count;
        }

        var tail = End - index - length;
        Array.Copy(_text, index + length, _text, index + value.Length, tail);
        Array.Copy(_columns, index + length, _columns, index + value.Length, tail);
        Array.Copy(_origins, index + length, _origins, index + value.Length, tail);
        value.CopyTo(_text.AsSpan(index));
        _columns.AsSpan(index, value.Length).Fill(column);
        _origins.AsSpan(index, value.Length).Fill(origin);
        End += value.Length - length;
        return shifted;
    }

    /// <summary>Whether expanding <paramref name="definition"/> at an absolute index would be within its own expansion.</summary>
    public bool IsWithin(Definition definition, int index)
    {
        for (var origin = OriginAt(index); origin > 0; origin = _expansions[origin - 1].Parent)
        {
            if (_expansions[origin - 1].Definition == definition)
                return true;
        }

        return false;
    }

    // Moves the window to the front, so that the text limit is the only one.
    private void Shift()
    {
        if (Start == 0)
            return;
        Array.Copy(_text, Start, _text, 0, Length);
        Array.Copy(_columns, Start, _columns, 0, Length);
        Array.Copy(_origins, Start, _origins, 0, Length);
        (Start, End) = (0, End - Start);
    }

    private void EnsureMapped()
    {
        if (_isMapped)
            return;
        for (var i = 0; i < End; i++)
            _columns[i] = i + 1;
        _origins.AsSpan(0, End).Clear();
        _isMapped = true;
    }
}
