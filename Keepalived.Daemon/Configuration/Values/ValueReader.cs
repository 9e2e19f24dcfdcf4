using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A statement whose values are being read, with the means to complain about its words.</summary>
internal readonly record struct ValueReader(BindContext Context, Keyword Keyword, Statement Statement, BlockValues Values)
{
    public int Count => Statement.WordCount;

    public ReadOnlySpan<char> this[int word] => Statement[word];

    public string Text(int word) => TextEncoding.ToText(Statement[word]);

    /// <summary>Reports a word that is not what it should be.</summary>
    public void Invalid(int word, string message, string? expected = null, string? suggestion = null) =>
        Context.Error(Statement, word, DiagnosticCodes.InvalidValue, $"{Keyword.Name}: {message}", expected, suggestion);

    public void InvalidNumber(int word, string message, string expected) =>
        Context.Error(Statement, word, DiagnosticCodes.InvalidNumber, $"{Keyword.Name}: {message}", expected,
            fault: ConfigurationFault.InvalidNumber);

    public void Unknown(int word, string[] known) => Context.Error(Statement, word, DiagnosticCodes.UnknownOption,
        $"{Keyword.Name}: unknown word '{Text(word)}'", string.Join(", ", known), Suggestions.Find(Text(word), known));

    public void Adjusted(int word, string message) =>
        Context.Error(Statement, word, DiagnosticCodes.Adjusted, $"{Keyword.Name}: {message}");

    /// <summary>Reports something that is used all the same and is no fault.</summary>
    public void Remark(int word, DiagnosticCode code, string message) =>
        Context.Remark(Statement, word, code, $"{Keyword.Name}: {message}");
}
