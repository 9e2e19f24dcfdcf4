using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration;

/// <summary>Loads a configuration: text to words, words to statements, statements to records.</summary>
public static class ConfigurationLoader
{
    private const int ExitParameter = 2;
    private const int ExitNotFound = 4;
    private const int ExitFaulty = 5;
    private const int ExitSecurity = 6;

    /// <summary>
    /// Loads what <paramref name="options"/> name. It never throws for what a configuration contains; everything that is wrong with it is a
    /// diagnostic.
    /// </summary>
    public static ConfigurationResult Load(ConfigurationLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var source = new RecordingConfigurationSource(options.Source ?? new FileSystemConfigurationSource());
        var configId = options.ConfigId ?? HostName();
        var seed = options.RandomSeed ?? (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var files = new SourceFiles();
        var diagnostics = new DiagnosticBag(files);
        var reader = new ConfigurationReader(source, configId, seed, options.AllConfig, files, diagnostics);
        var context = new BindContext(reader, options, options.Scripts ?? new SystemScriptEnvironment());
        var builder = new ConfigurationBuilder(context);
        context.Exists = builder.Exists;
        context.WeightOfFile = builder.WeightOfFile;

        var found = reader.OpenMain(options.Path);
        var parser = new Parser(reader, builder);
        var tree = new SyntaxTree(reader);
        while (parser.ReadRoot(tree))
            builder.Add(tree[0]);
        var configuration = builder.Complete();
        context.ReportNotActive();
        diagnostics.Complete();
        return new ConfigurationResult
        {
            Configuration = configuration,
            Diagnostics = diagnostics.Items,
            HighestFault = diagnostics.Highest,
            TestExitCode = TestExitCode(reader, context, diagnostics.Highest),
            StartExitCode = context.GlobalParameterMissing ? ExitParameter : !found || reader.IncludeFailed ? ExitSecurity
                : NeedsChild(configuration) && (context.ChildCannotStart || IsRefusedForItsFaults(configuration, diagnostics)) ? ExitParameter
                : null,
            IsMainFileMissing = !found,
            Snapshot = source.ToSnapshot(options.Path, configId, options.AllConfig, seed),
        };
    }

    // With reload_check_config a fault of any kind keeps the children from running, at the start as well.
    private static bool IsRefusedForItsFaults(KeepalivedConfiguration configuration, DiagnosticBag diagnostics) =>
        configuration.Global.ReloadCheckLog is not null && diagnostics.Highest != ConfigurationFault.None;

    private static bool NeedsChild(KeepalivedConfiguration configuration) =>
        configuration.NeedsVrrp || configuration.NeedsChecker || configuration.NeedsBfd;

    // The order in which the original's passes give up.
    private static int TestExitCode(ConfigurationReader reader, BindContext context, ConfigurationFault highest)
    {
        if (context.GlobalParameterMissing)
            return ExitParameter;
        if (reader.IncludeFailed)
            return ExitSecurity;
        if (context.ChildParameterMissing)
            return ExitParameter;
        return highest switch
        {
            ConfigurationFault.None => 0,
            <= ConfigurationFault.Fatal => ExitNotFound,
            < ConfigurationFault.Security => ExitFaulty,
            _ => ExitSecurity,
        };
    }

    private static string HostName()
    {
        var name = Environment.MachineName;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }
}
