using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Text;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Takes root statements one by one, and at the end makes the records of them.</summary>
internal sealed class ConfigurationBuilder(BindContext context) : IBlockGate
{
    private static readonly Keyword[] Named =
    [
        RootKeywords.VrrpInstance, RootKeywords.VrrpSyncGroup, RootKeywords.VrrpScript, RootKeywords.VrrpTrackProcess,
            RootKeywords.TrackFile,
        RootKeywords.VrrpTrackFile, RootKeywords.TrackGroup, RootKeywords.VirtualServerGroup, RootKeywords.BfdInstance,
        RootKeywords.BfdProfile,
    ];

    private const int MaxBfdName = 31;

    private static readonly Keyword[] NamedOrFatal =
    [
        RootKeywords.VrrpScript, RootKeywords.VrrpTrackProcess, RootKeywords.TrackFile, RootKeywords.VrrpTrackFile,
            RootKeywords.VirtualServerGroup,
    ];

    private readonly BlockValues _root = new(RootKeywords.Block);
    private readonly Dictionary<(string Kind, string Name), SourceLocation> _names = [];
    private readonly List<(BlockValues Values, int ScriptsBefore)> _instances = [];
    private readonly List<BlockValues> _groups = [];
    private readonly List<BlockValues> _trackGroups = [];
    private readonly List<(BlockValues Values, ScriptUser? User)> _scripts = [];
    private readonly Dictionary<string, BlockValues> _files = [];
    private readonly List<BlockValues> _processes = [];
    private readonly Dictionary<string, BlockValues> _bfdProfiles = new(StringComparer.Ordinal);
    private readonly HashSet<Keyword> _used = [];
    private readonly HashSet<Keyword> _seen = [];
    private readonly OtherBlocks _others = new(context);
    private readonly VirtualServerList _servers = new(context);
    private SslConfiguration? _ssl;
    private (VirtualServerHead Head, BlockValues Values)? _service;
    private BlockValues? _bfdUnsolicited;

    public bool ShouldSkip(Statement statement)
    {
        if (statement.Keyword is not { } keyword)
            return false;
        if (keyword.Block == RootKeywords.Block)
            _seen.Add(keyword);
        if (keyword == RootKeywords.VirtualServer)
        {
            if (!VirtualServerHead.TryRead(context, keyword, statement, out var head))
                return true;
            _service = (head, MakeValues(statement, VirtualServerKeywords.Block));
            return false;
        }

        if (keyword == VirtualServerKeywords.RealServer)
            return !VirtualServerHead.IsServer(context, keyword, statement);
        if (Array.IndexOf(Named, keyword) < 0)
            return false;
        if (statement.WordCount < 2 && Array.IndexOf(NamedOrFatal, keyword) >= 0)
        {
            context.ReportMissing(keyword, statement, fatal: true);
            return true;
        }

        if (statement.WordCount < 2)
        {
            context.Error(statement, 1, DiagnosticCodes.BlockSkipped, $"{keyword.Name} needs a name; the block is left out",
                $"{keyword.Name} NAME {{");
            return true;
        }

        if (keyword == RootKeywords.VrrpInstance && statement.WordCount > 2)
        {
            context.Error(statement, 2, DiagnosticCodes.BlockSkipped, "vrrp_instance has one name; the block is left out",
                $"{keyword.Name} NAME {{");
            return true;
        }

        var name = TextEncoding.ToText(statement[1]);
        if (keyword == RootKeywords.BfdInstance && statement[1].Length > MaxBfdName)
        {
            context.Error(statement, 1, DiagnosticCodes.BlockSkipped, $"the name {name} is too long; the block is left out",
                $"at most {MaxBfdName} bytes");
            return true;
        }

        var key = (keyword == RootKeywords.VrrpTrackFile ? RootKeywords.TrackFile.Name : keyword.Name, name);
        if (_names.TryAdd(key, statement.LocationOf(1)))
            return false;
        // The original keeps quiet about some.
        var isFault = Array.IndexOf(NamedOrFatal, keyword) < 0;
        context.Diagnostics.Report(DiagnosticCodes.BlockSkipped, isFault ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            isFault ? ConfigurationFault.General : ConfigurationFault.None, statement.LocationOf(1),
            $"there is a {keyword.Name} {name} already; this one is left out", length: statement.LengthOf(1),
            notes: [new DiagnosticNote(_names[key], "the first")]);
        return true;
    }

    public void Consume(Statement child)
    {
        if (_service is { } service)
            context.ReadStatement(RootKeywords.VirtualServer, child, service.Values);
    }

    public void Apply(Statement directive) => directive.Keyword?.Read(context, directive, context.Global);

    /// <summary>Takes a root statement; its text is not needed afterwards.</summary>
    public void Add(Statement statement)
    {
        if (statement.Keyword is not { } keyword)
            return;
        if (!_used.Add(keyword) && (keyword == RootKeywords.Ssl || keyword == RootKeywords.BfdUnsolicited))
            context.Error(statement, 0, DiagnosticCodes.Duplicate, $"{keyword.Name} is given a second time; it replaces the first");
        if (keyword == RootKeywords.GlobalDefs)
        {
            context.ReadBlock(statement, context.Global);
        }
        else if (keyword is Keyword<BlockValues> { Opens: { } block })
        {
            context.NoteUse(keyword, statement);
            if (keyword == RootKeywords.VirtualServer && _service is { } service)
            {
                _servers.Add(service.Head, service.Values);
                return;
            }

            var values = MakeValues(statement, block);
            context.ReadBlock(statement, values);
            Keep(keyword, values);
        }
        else
        {
            if (keyword == RootKeywords.VirtualServerGroup)
                _root.Clear(keyword);
            keyword.Read(context, statement, _root);
            if (keyword == RootKeywords.VirtualServerGroup)
                _servers.AddGroup(TextEncoding.ToText(statement[1]), statement.Location, _root.Get(RootKeywords.VirtualServerGroup) ?? []);
        }
    }

    /// <summary>Applies the rules between keywords and makes the records.</summary>
    public KeepalivedConfiguration Complete()
    {
        var global = context.Global;
        var checker = new ScriptChecker(
            context, global.Get(GlobalKeywords.EnableScriptSecurity), global.Get(GlobalKeywords.UseSymlinkPaths));
        // The original looks at scripts where it would run them: without virtual routers or servers nothing does.
        var (hasRouters, hasServers) = (_instances.Count > 0, _used.Contains(RootKeywords.VirtualServer));
        var definitions = new GlobalCompletion(context, _root, checker, hasRouters, hasServers).Complete();
        var scripts = new List<VrrpScriptConfiguration>();
        foreach (var (values, user) in _scripts)
        {
            if (ScriptCompletion.HasCommand(context, values) && hasRouters
                && ScriptCompletion.Complete(context, checker, values, user) is { } script)
                scripts.Add(script);
        }

        var completion = new VrrpInstanceCompletion(context, definitions, checker);
        var instances = new List<VrrpInstanceConfiguration>(_instances.Count);
        var trackable = new TrackableScripts(_scripts.ConvertAll(static script => script.Values.Name), scripts);
        foreach (var (values, scriptsBefore) in _instances)
        {
            trackable.Advance(scriptsBefore);
            if (completion.Complete(values, trackable) is { } instance)
                instances.Add(instance);
        }

        var blocks = _instances.ConvertAll(static instance => instance.Values);
        definitions = LvsCompletion.AddOldSyncDaemon(definitions, blocks);
        VmacNames.Check(context, instances, blocks);
        new DuplicateAddresses(context, instances).Check();
        new DuplicateRouters(context, blocks, instances).Check();
        var groupCompletion = new SyncGroupCompletion(context, checker, instances);
        var groups = _groups.ConvertAll(groupCompletion.Complete);
        groups.RemoveAll(static group => group is null);
        var bfd = new BfdCompletion(context, _bfdProfiles);
        var configuration = new KeepalivedConfiguration
        {
            Global = definitions,
            VrrpInstances = EquatableArray.From(instances),
            VrrpScripts = EquatableArray.From(scripts),
            VrrpSyncGroups = EquatableArray.From(groups.OfType<VrrpSyncGroupConfiguration>()),
            TrackFiles = EquatableArray.From(_files.Values.Select(TrackedCompletion.CompleteFile).OfType<TrackFileConfiguration>()),
            TrackProcesses = EquatableArray.From(
                _processes.Select(values => TrackedCompletion.CompleteProcess(context, values)).OfType<TrackProcessConfiguration>()),
            GarpGroups = _others.GarpGroups,
            VirtualServerGroups = _servers.Groups,
            VirtualServers = _servers.Complete(checker),
            Ssl = _ssl,
            // As in the original, a block asks for its process even if it is left out.
            NeedsVrrp = _seen.Overlaps(
                [RootKeywords.VrrpInstance, RootKeywords.StaticIpAddress, RootKeywords.StaticRoutes, RootKeywords.StaticRules]),
            NeedsChecker = _seen.Contains(RootKeywords.VirtualServer),
            BfdInstances = EquatableArray.From(context.BfdInstances.Values.Select(bfd.Complete).OfType<BfdInstanceConfiguration>()),
            BfdUnsolicited = _bfdUnsolicited is null ? null : bfd.CompleteUnsolicited(_bfdUnsolicited),
            NeedsBfd = _seen.Overlaps([RootKeywords.BfdInstance, RootKeywords.BfdUnsolicited]),
        };
        FollowedInstances.Check(context, configuration);
        configuration = new TrackedVirtualServers(context, configuration).Check();
        var ownWeights = new TrackedWeights(configuration);
        new UselessWeights(context, configuration, ownWeights).Check();
        new WeightRules(context, configuration, ownWeights).Check(blocks, _groups);
        if (!context.InterfaceMissing)
            checker.ReportSecurity();
        return new StaticCompletion(context, _root, _trackGroups).Complete(configuration);
    }

    private static BlockValues MakeValues(Statement statement, KeywordBlock block) => new(block)
    {
        Name = statement.WordCount > 1 ? TextEncoding.ToText(statement[1]) : string.Empty,
        SecondName = statement.WordCount > 2 ? TextEncoding.ToText(statement[2]) : string.Empty,
        Location = statement.Location,
    };

    private void Keep(Keyword keyword, BlockValues values)
    {
        if (keyword == RootKeywords.VrrpInstance)
            _instances.Add((values, _scripts.Count));
        else if (keyword == RootKeywords.VrrpSyncGroup)
            _groups.Add(values);
        else if (keyword == RootKeywords.TrackGroup)
            _trackGroups.Add(values);
        else if (keyword == RootKeywords.VrrpScript)
            _scripts.Add((values, ScriptCompletion.FindUser(context, values)));
        else if (keyword == RootKeywords.BfdInstance)
            context.BfdInstances.Add(values.Name, values);
        else if (keyword == RootKeywords.BfdProfile)
            _bfdProfiles.Add(values.Name, values);
        else if (keyword == RootKeywords.BfdUnsolicited)
            _bfdUnsolicited = values;
        else if (keyword == RootKeywords.Ssl)
            _ssl = SslCompletion.Complete(values);
        else
            _others.Check(keyword, values);
        if (keyword == RootKeywords.TrackFile || keyword == RootKeywords.VrrpTrackFile)
            _files.Add(values.Name, values);
        else if (keyword == RootKeywords.VrrpTrackProcess)
            _processes.Add(values);
    }

    /// <summary>The weight of a tracked file that has been read.</summary>
    public (int Weight, bool Reverse) WeightOfFile(string name) =>
        _files.GetValueOrDefault(name)?.Find(TrackFileKeywords.Weight) ?? (1, false);

    /// <summary>Whether a block of this kind and name has been read so far.</summary>
    public bool Exists(Keyword kind, string name) => _names.ContainsKey((kind.Name, name));
}
