using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>
/// From files to logical lines: comments, conditions, definitions, substitution, generators and includes are done here, and braces stand
/// alone. The line in <see cref="Line"/> is valid until the next call of <see cref="Read"/>.
/// </summary>
internal sealed partial class ConfigurationReader
{
    private readonly Stack<LineFrame> _frames = new();
    private readonly Dictionary<string, Definition> _definitions = [];
    private readonly Dictionary<string, Definition>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<Definition> _allDefinitions = [];
    private readonly LineBuffer _scratch = new();
    private readonly Substitution _substitution;
    private readonly IncludeOpener _includes;
    private readonly string _configId;
    private int _generatedLines;
    private int _innerFrames;
    private bool _isFileLine;
    private bool _quoteReported;
    private char _brace;
    private int _braceIndex;
    private int _residueEnd = -1;
    private int _depth;
    private SourceLocation _lastPlace;

    public ConfigurationReader(
        IConfigurationSource source, string configId, uint seed, bool allConfig, SourceFiles files, DiagnosticBag diagnostics)
    {
        (Source, Files, Diagnostics, _configId) = (source, files, diagnostics, TextEncoding.ToBytesText(configId));
        _lookup = _definitions.GetAlternateLookup<ReadOnlySpan<char>>();
        _substitution = new Substitution(this);
        _includes = new IncludeOpener(this, allConfig);
        Predefined = new PredefinedNames(this, _configId, seed);
    }

    public IConfigurationSource Source { get; }

    public SourceFiles Files { get; }

    public DiagnosticBag Diagnostics { get; }

    public PredefinedNames Predefined { get; }

    public LineBuffer Line { get; } = new();

    /// <summary>Whether an include failed in a way that the configuration called an error.</summary>
    public bool IncludeFailed => _includes.Failed;

    /// <summary>The innermost file being read; null before the first and after the last.</summary>
    public FileFrame? CurrentFile { get; private set; }

    public string CurrentDirectory => CurrentFile?.File.Directory ?? Source.CurrentDirectory;

    public IReadOnlyList<Definition> Definitions => _allDefinitions;

    /// <summary>How many blocks are open.</summary>
    public int Depth => _depth;

    /// <summary>Opens the main file or files; false if there is none that can be read.</summary>
    public bool OpenMain(string path) => _includes.OpenMain(path);

    /// <summary>What <c>include_check</c> is set to; the file's end brings the old setting back.</summary>
    public IncludeChecks IncludeChecks
    {
        get => _includes.Checks;
        set => _includes.Checks = value;
    }

    /// <summary>Reads up to the next words or brace.</summary>
    public LineKind Read()
    {
        if (_brace != 0)
            return TakeBrace();
        while (true)
        {
            if (_residueEnd >= 0)
                TakeResidue();
            else if (!Fetch())
                return LineKind.End;
            if (Process() && Split() is var kind and not LineKind.End)
                return kind;
        }
    }

    public SourceLocation Place(LineBuffer line, int index) => new(Files[line.File].Path, line.Line, line.ColumnAt(index));

    public DiagnosticNote NoteOf(Definition definition) =>
        new(new SourceLocation(Files[definition.File].Path, definition.Line, 1), $"${definition.Name} is defined here");

    public Definition? FindDefinition(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var definition) ? definition : null;

    /// <summary>Whether lines of a multi-line definition are being read just now.</summary>
    public bool IsExpanding(Definition definition)
    {
        foreach (var frame in _frames)
        {
            if (frame is DefinitionFrame of && of.Definition == definition)
                return true;
            if (frame is FileFrame)
                return false;
        }

        return false;
    }

    /// <summary>Whether a file is being read just now; one that only waits for its turn is not.</summary>
    public bool IsReading(string key)
    {
        foreach (var frame in _frames)
        {
            if (frame is FileFrame { Line: > 0 } open && open.File.Key == key)
                return true;
        }

        return false;
    }

    /// <summary>How many files are being read, one within the other.</summary>
    public int OpenFileCount => _frames.Count(static frame => frame is FileFrame { Line: > 0 });

    public void PushDefinition(Definition definition, int next, int file, int line, int column)
    {
        if (definition.Lines is { } lines && lines.Count > next)
            Push(new DefinitionFrame(definition, lines, next, file, line, column));
    }

    public void PushFile(SourceFile file)
    {
        CurrentFile = new FileFrame(file, IncludeChecks);
        _frames.Push(CurrentFile);
    }

    /// <summary>Sets the variable of a generator, which another definition of its name may have hidden in between.</summary>
    public void SetVariable(Definition variable, string value)
    {
        variable.Value = value;
        _definitions[variable.Name] = variable;
    }

    /// <summary>Counts a line made by a definition or a generator; false, reported once, when there are too many.</summary>
    public bool CountGeneratedLine(int file, int line, int column)
    {
        if (++_generatedLines <= ReadLimits.GeneratedLines)
            return true;
        if (_generatedLines == ReadLimits.GeneratedLines + 1)
        {
            Diagnostics.Error(DiagnosticCodes.TooManyLines, ConfigurationFault.General, new(Files[file].Path, line, column),
                $"definitions and generators made more than {ReadLimits.GeneratedLines} lines; no more are made");
        }

        return false;
    }

    private void Push(LineFrame frame)
    {
        if (_innerFrames < ReadLimits.Depth)
        {
            _innerFrames++;
            _frames.Push(frame);
            return;
        }

        _generatedLines = Math.Max(_generatedLines, ReadLimits.GeneratedLines);
        CountGeneratedLine(Line.File, Line.Line, 1);
    }

    private bool Fetch()
    {
        while (_frames.TryPeek(out var frame))
        {
            if (frame.TryNext(Line, this))
            {
                _quoteReported = false;
                _isFileLine = frame is FileFrame;
                if (frame is FileFrame file)
                    _lastPlace = new SourceLocation(file.File.Path, Line.Line, 1);
                return true;
            }

            Pop();
        }

        if (_depth > 0)
        {
            Diagnostics.Error(DiagnosticCodes.MissingCloseBrace, ConfigurationFault.MissingCloseBrace, _lastPlace,
                _depth == 1 ? "a closing brace is missing at the end" : $"{_depth} closing braces are missing at the end", "}");
            _depth = 0;
        }

        return false;
    }

    private void Pop()
    {
        if (_frames.Pop() is not FileFrame ended)
        {
            _innerFrames--;
            return;
        }

        IncludeChecks = ended.OuterChecks;
        CurrentFile = null;
        foreach (var frame in _frames)
        {
            if (frame is FileFrame file)
            {
                CurrentFile = file;
                return;
            }
        }
    }

    // Comments off, condition, definition, generator, substitution, include. True if words remain.
    private bool Process()
    {
        if (_isFileLine)
            RemoveComments();
        else
            Line.Trim();
        for (var substituted = false; Line.Length > 0; substituted = true)
        {
            if (Line.Text[0] == '@' && !TakeCondition())
                return false;
            if (Line.Length == 0 || (Line.Text[0] == '$' && TakeDefinition()))
                return false;
            if (Line.Text[0] == '~')
                return !Generator.IsStart(Line.Text) || TakeGenerator();
            if (substituted || !Line.Text.Contains('$'))
                return !_includes.TryInclude(Line);
            switch (_substitution.Apply(Line, allowMultiLine: true))
            {
                case Substitution.Outcome.Consumed:
                    return false;
                case Substitution.Outcome.Unchanged:
                    return !_includes.TryInclude(Line);
                default:
                    RemoveComments();
                    break;
            }
        }

        return false;
    }

    private void RemoveComments()
    {
        var quote = Decomment.Apply(Line);
        if (quote >= 0 && !_quoteReported)
        {
            _quoteReported = true;
            Diagnostics.Error(DiagnosticCodes.UnterminatedQuote, ConfigurationFault.UnmatchedQuote, Place(Line, quote),
                "the quote is not closed on its line", "a closing \"");
        }
    }

    // Takes @ID or @^ID off; false if the rest of the line is not for this configuration.
    private bool TakeCondition()
    {
        var text = Line.Text;
        var end = text.IndexOfAny(' ', '\t');
        var id = end < 0 ? text[1..] : text[1..end];
        var negated = id.StartsWith('^');
        if (end < 0 || id[(negated ? 1 : 0)..].SequenceEqual(_configId) == negated)
            return false;
        Line.Window(Line.Start + end, Line.End);
        Line.Trim();
        return true;
    }

    // Leaves the words up to the first brace outside quotes in the line; the brace and what follows it come next.
    private LineKind Split()
    {
        _residueEnd = -1;
        var brace = FindBrace(Line.Text);
        if (brace < 0)
            return LineKind.Words;
        _braceIndex = Line.Start + brace;
        _brace = Line.Text[brace];
        _residueEnd = Line.End;
        if (brace == 0)
            return TakeBrace();
        Line.Window(Line.Start, _braceIndex);
        Line.Trim();
        return LineKind.Words;
    }

    private static int FindBrace(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('{', '}'))
            return -1;
        var first = -1;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '}' when !quoted && first < 0:
                    first = i;
                    break;
            }
        }

        return quoted ? -1 : first;
    }

    private LineKind TakeBrace()
    {
        var isOpen = _brace == '{';
        _brace = '\0';
        Line.Window(_braceIndex, _braceIndex + 1);
        if (isOpen)
        {
            _depth++;
            return LineKind.Open;
        }

        if (_depth > 0)
        {
            _depth--;
            return LineKind.Close;
        }

        Diagnostics.Error(DiagnosticCodes.UnexpectedCloseBrace, ConfigurationFault.UnexpectedCloseBrace, Place(Line, _braceIndex),
            "a closing brace too many");
        return LineKind.ExtraClose;
    }

    private void TakeResidue()
    {
        Line.Window(_braceIndex + 1, _residueEnd);
        _residueEnd = -1;
        _isFileLine = false;
    }
}
