using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Text;
using Keepalived.Daemon.Configuration.Values.Routing;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>What reading values needs besides the statement: where to complain, what was said before, and the world outside.</summary>
internal sealed class BindContext(ConfigurationReader reader, ConfigurationLoadOptions options, IScriptEnvironment scripts)
{
    private readonly Dictionary<string, (SourceLocation First, int Count)> _notActive = [];
    private readonly Dictionary<KeywordBlock, BlockValues> _borrowed = [];
    private readonly Dictionary<AddressFamily, uint> _rulePreferences = [];
    private readonly Dictionary<string, InterfaceFacts?> _interfaces = new(StringComparer.Ordinal);
    private NameTables? _names;
    private int _inactiveDepth;

    public ConfigurationReader Reader => reader;

    public DiagnosticBag Diagnostics => reader.Diagnostics;

    public bool TestMode => options.TestMode;

    public bool FindingsOnly => options.FindingsOnly;

    public IScriptEnvironment ScriptEnvironment => scripts;

    /// <summary>The names of routing tables, scopes and so on, from the directories that were set when first one was needed.</summary>
    public NameTables Names => _names ??= NameTables.From(this);

    public ScriptUsers ScriptUsers { get; } = new(scripts);

    public PatternChecker Patterns { get; } = new();

    /// <summary>Whether a global keyword lacks a parameter it cannot be without.</summary>
    public bool GlobalParameterMissing { get; private set; }

    /// <summary>Whether a keyword of a child lacks one.</summary>
    public bool ChildParameterMissing { get; private set; }

    /// <summary>Whether a child cannot start with this, for whatever reason.</summary>
    public bool ChildCannotStart { get; set; }

    /// <summary>Whether <c>dynamic_interfaces</c> has been read, so that interfaces need not exist.</summary>
    public bool AllowsAbsentInterfaces => Global.Get(GlobalKeywords.DynamicInterfaces) != DynamicInterfaces.Off;

    /// <summary>The values of <c>global_defs</c> so far.</summary>
    public BlockValues Global { get; } = new(GlobalKeywords.Block);

    /// <summary>
    /// The facts of an interface; null if it does not exist. True in <paramref name="isKnown"/> if interfaces are checked at all.
    /// </summary>
    public InterfaceFacts? FindInterface(string name, out bool isKnown)
    {
        isKnown = options.FindInterface is not null;
        if (options.FindInterface is { } find && !_interfaces.ContainsKey(name))
            _interfaces.Add(name, find(name)); // Asked once: thousands of routers may be on one.
        return _interfaces.GetValueOrDefault(name);
    }

    /// <summary>Whether a host's name can be resolved, as far as that is asked.</summary>
    public bool CanResolve(string name) => options.CanResolve?.Invoke(name) ?? true;

    /// <summary>Values for a block of which there are many; they hold until the next one of the same kind is read.</summary>
    public BlockValues Borrow(KeywordBlock block)
    {
        if (_borrowed.TryGetValue(block, out var values))
            values.Reset();
        else
            _borrowed.Add(block, values = new BlockValues(block));
        return values;
    }

    /// <summary>The real server whose block is being read.</summary>
    public RealServerDraft? CurrentServer { get; set; }

    /// <summary>Whether a block of this kind and name has been read.</summary>
    public Func<Keyword, string, bool> Exists { get; set; } = static (_, _) => false;

    /// <summary>The weight of a <c>track_file</c> that has been read.</summary>
    public Func<string, (int Weight, bool Reverse)> WeightOfFile { get; set; } = static _ => (1, false);

    /// <summary>
    /// Whether a <c>bfd_instance</c> of this name has been read that is for the process of <paramref name="reader"/>: one that is for
    /// checkers alone does not exist for VRRP, and the other way round.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="reader">The keyword by which an instance says that it is for this process.</param>
    public bool ExistsBfd(string name, Keyword<bool> reader)
    {
        var other = reader == BfdKeywords.Vrrp ? BfdKeywords.Checker : BfdKeywords.Vrrp;
        return BfdInstances.TryGetValue(name, out var values) && (values.Get(reader) || !values.Get(other));
    }

    /// <summary>The <c>bfd_instance</c> blocks that have been read.</summary>
    public Dictionary<string, BlockValues> BfdInstances { get; } = new(StringComparer.Ordinal);

    /// <summary>Reports an interface that must exist and does not, unless <c>dynamic_interfaces</c> allows that.</summary>
    public void RequireInterface(SourceLocation location, string name, string what)
    {
        if (AllowsAbsentInterfaces || FindInterface(name, out var isChecked) is not null || !isChecked)
            return;
        InterfaceMissing = true;
        Fatal(location, DiagnosticCodes.BadInterface, $"{what}: there is no interface {name}",
            "an interface of this machine, or dynamic_interfaces in global_defs");
    }

    /// <summary>Reads one statement of a block into the block's values.</summary>
    public void ReadStatement(Keyword block, Statement statement, BlockValues values)
    {
        var isInactive = block.Status == KeywordStatus.NotActiveYet;
        if (isInactive)
            _inactiveDepth++;
        statement.Keyword?.Read(this, statement, values);
        if (isInactive)
            _inactiveDepth--;
    }

    /// <summary>Reads the statements of a block into its values.</summary>
    public void ReadBlock(Statement block, BlockValues values)
    {
        var isInactive = block.Keyword is { Status: KeywordStatus.NotActiveYet };
        if (isInactive)
            _inactiveDepth++;
        foreach (var statement in block.Children)
        {
            if (statement.Keyword is { IsReaderDirective: false } keyword)
                keyword.Read(this, statement, values);
        }

        if (isInactive)
            _inactiveDepth--;
    }

    public void Error(
        Statement statement,
        int word,
        DiagnosticCode code,
        string message,
        string? expected = null,
        string? suggestion = null,
        ConfigurationFault fault = ConfigurationFault.General,
        ReadOnlySpan<DiagnosticNote> notes = default)
    {
        if (notes.IsEmpty && statement.DefinitionNoteOf(word) is { } note)
            notes = new[] { note };
        Diagnostics.Error(code, fault, statement.LocationOf(word), message, expected, suggestion, statement.LengthOf(word), notes);
    }

    /// <summary>Reports an error found after the block was read.</summary>
    public void Error(SourceLocation location, DiagnosticCode code, string message, string? expected = null,
        ConfigurationFault fault = ConfigurationFault.General) =>
        Diagnostics.Error(code, fault, location, message, expected);

    /// <summary>Reports what stops the daemon from starting.</summary>
    public void Fatal(SourceLocation location, DiagnosticCode code, string message, string? expected = null,
        ConfigurationFault fault = ConfigurationFault.General)
    {
        ChildCannotStart = true;
        Diagnostics.Report(code, DiagnosticSeverity.Fatal, fault, location, message, expected);
    }

    /// <summary>Reports something that is no fault.</summary>
    public void Remark(Statement statement, int word, DiagnosticCode code, string message) =>
        Diagnostics.Report(code, DiagnosticSeverity.Warning, ConfigurationFault.None, statement.LocationOf(word), message,
            length: statement.LengthOf(word));

    /// <inheritdoc cref="Remark(Statement, int, DiagnosticCode, string)"/>
    public void Remark(SourceLocation location, DiagnosticCode code, string message) =>
        Diagnostics.Report(code, DiagnosticSeverity.Warning, ConfigurationFault.None, location, message);

    /// <summary>The preference of a rule that says none: from 16384 down, for each family.</summary>
    public uint NextRulePreference(AddressFamily family)
    {
        const uint First = 16384;
        var next = _rulePreferences.GetValueOrDefault(family, First);
        _rulePreferences[family] = next - 1;
        return next;
    }

    public void ReportMissing(Keyword keyword, Statement statement, bool fatal = false, string? message = null)
    {
        var isFatal = fatal || keyword.WithoutParameter == WithoutParameter.Fatal;
        // The parent reads global_defs and the lines outside any block; blocks are their children's.
        if (isFatal && (keyword.Block == GlobalKeywords.Block || (keyword.Block == KeywordTable.Root && keyword.Opens is null)))
            GlobalParameterMissing = true;
        else if (isFatal)
            ChildParameterMissing = ChildCannotStart = true;
        Diagnostics.Report(DiagnosticCodes.MissingParameter, isFatal ? DiagnosticSeverity.Fatal : DiagnosticSeverity.Error,
            isFatal ? ConfigurationFault.MissingParameter : ConfigurationFault.General, statement.LocationOf(1),
            message ?? $"{keyword.Name} needs a parameter", keyword.Parameters);
    }

    /// <summary>Notes a keyword that is deprecated, or does nothing yet.</summary>
    public void NoteUse(Keyword keyword, Statement statement)
    {
        if (keyword.ReplacedBy is not null)
        {
            Diagnostics.Report(DiagnosticCodes.Deprecated, DiagnosticSeverity.Warning,
                keyword.DeprecationIsFault ? ConfigurationFault.Deprecated : ConfigurationFault.None, statement.Location,
                $"{keyword.Name} is deprecated", suggestion: keyword.ReplacedBy, length: statement.LengthOf(0));
        }

        if (keyword.Status != KeywordStatus.NotActiveYet || _inactiveDepth > 0)
            return;
        NoteNotActive(keyword.Name, statement.Location);
    }

    /// <summary>Whether an interface that must be there is not: the original then looks at nothing else.</summary>
    public bool InterfaceMissing { get; set; }

    /// <summary>Notes the use of something that does nothing yet.</summary>
    public void NoteNotActive(string what, SourceLocation location)
    {
        var (first, count) = _notActive.GetValueOrDefault(what, (location, 0));
        _notActive[what] = (first, count + 1);
    }

    /// <summary>Reports each keyword that does nothing yet, once, where it first stands.</summary>
    public void ReportNotActive()
    {
        foreach (var (what, (first, count)) in _notActive)
        {
            var more = count > 1 ? $" (here and {count - 1} times more)" : string.Empty;
            Diagnostics.Report(DiagnosticCodes.NotActive, DiagnosticSeverity.Notice, ConfigurationFault.None, first,
                $"{what} is known but not active yet{more}", length: what.Length);
        }
    }
}
