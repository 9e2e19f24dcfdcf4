using System.Text;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Processes;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Lab;

/// <summary>Our verdicts: of the loader inside this process, which is quick, or of the program.</summary>
internal static class Ours
{
    // Lines that are too long, NUL bytes, circles, malformed references and generators, blocks left out: see docs/compatibility.md.
    private static readonly DiagnosticCode[] Stricter =
    [
        DiagnosticCodes.LineTooLong, DiagnosticCodes.NulByte, DiagnosticCodes.RecursiveDefinition, DiagnosticCodes.BadReference,
        DiagnosticCodes.BadGenerator, DiagnosticCodes.BlockSkipped, DiagnosticCodes.IncludeLoop, DiagnosticCodes.IncludeLimit,
        DiagnosticCodes.TooManyLines,
    ];

    /// <summary>What the loader says. A namespace that the configuration wants to enter is left to <see cref="JudgeByProgram"/>.</summary>
    public static Verdict Judge(ConfigurationCase configuration) =>
        WrittenCase.With(configuration, static written => TestBed.Run(() => Load(written)) ?? RunProgram(written));

    public static Verdict JudgeByProgram(ConfigurationCase configuration) => WrittenCase.With(configuration, RunProgram);

    private static Verdict? Load(WrittenCase written)
    {
        var result = ConfigurationLoader.Load(new ConfigurationLoadOptions
        {
            Path = written.MainFile,
            ConfigId = written.ConfigId,
            AllConfig = written.AllConfig,
            TestMode = true,
            FindInterface = NetworkInterfaces.Find,
            CanResolve = HostNames.CanResolve,
        });
        if (result.Configuration.Global.NetNamespace is not null)
            return null;
        var said = new StringBuilder();
        foreach (var finding in result.Diagnostics)
            said.Append(ConfigurationLoading.Describe(finding)).Append('\n');
        return new Verdict(result.TestExitCode, said.ToString(), result.Diagnostics.Any(static finding => Stricter.Contains(finding.Code)));
    }

    private static Verdict RunProgram(WrittenCase written) =>
        ProgramRun.Test(Interop.Tests.Lab.Binaries.Path(Interop.Tests.Lab.Build.Ours), written);
}
