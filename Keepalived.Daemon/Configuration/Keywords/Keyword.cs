using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>
/// A keyword of the configuration: its name, its block, its values, and what is to be known about it. Parser, help and documentation are
/// read
/// from these descriptions.
/// </summary>
internal abstract class Keyword
{
    protected Keyword(KeywordBlock block, string name, string help)
    {
        (Block, Name, Help, Ordinal) = (block, name, help, block.Keywords.Count);
        Id = KeywordTable.Register(this);
    }

    /// <summary>Its place among all keywords.</summary>
    public int Id { get; }

    /// <summary>Its place among the keywords of its block.</summary>
    public int Ordinal { get; }

    public string Name { get; }

    /// <summary>The block that it belongs to.</summary>
    public KeywordBlock Block { get; }

    /// <summary>The block that it opens; null if it is a single line.</summary>
    public KeywordBlock? Opens { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public string Help { get; }

    /// <summary>What kind of value it has.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>The least and the greatest number, where it has one.</summary>
    public abstract (decimal Min, decimal Max)? Range { get; }

    /// <summary>The words that it takes, where there are few.</summary>
    public abstract IReadOnlyList<string> Choices { get; }

    /// <summary>What may follow it, as the documentation shows it.</summary>
    public abstract string Parameters { get; }

    /// <summary>The default in words; null if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The unit of its number; null if it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>The version of keepalived that brought it, where that is known.</summary>
    public string? Since { get; init; }

    /// <summary>What replaces it, if it is deprecated.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Whether the deprecation counts as a fault.</summary>
    public bool DeprecationIsFault { get; init; }

    public KeywordStatus Status { get; init; }

    /// <summary>Whether it changes how the rest of the configuration is read, and so takes effect as soon as it is read itself.</summary>
    public bool IsReaderDirective { get; init; }

    public WithoutParameter WithoutParameter { get; init; }

    public Repetition Repetition { get; init; }

    /// <summary>Whether the statements in its block are bound one by one and forgotten, as there may be very many.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Whether its value is read from the line itself instead of from its words.</summary>
    public bool ReadsRawText { get; init; }

    /// <summary>Whether words may stand between a block's keyword and its brace.</summary>
    public bool TakesParameters { get; init; }

    /// <summary>Parses the statement into the values of its block.</summary>
    public void Read(BindContext context, Statement statement, BlockValues values)
    {
        context.NoteUse(this, statement);
        if (statement.WordCount == 1 && !(ReadsRawText && statement.RawText.Contains('"')) && WithoutParameter != WithoutParameter.Fine)
        {
            if (WithoutParameter != WithoutParameter.Ignored)
                context.ReportMissing(this, statement);
            return;
        }

        if (Repetition == Repetition.FirstWins && values.Has(this))
        {
            context.Error(statement, 0, DiagnosticCodes.Duplicate, $"{Name} is given a second time; the first stays",
                notes: [new DiagnosticNote(values.LocationOf(this), "the first")]);
            return;
        }

        ReadValue(context, statement, values);
    }

    protected abstract void ReadValue(BindContext context, Statement statement, BlockValues values);

    public override string ToString() => Name;
}
