using System.Collections.Concurrent;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Lab;

/// <summary>The verdicts of the distribution's keepalived, each configuration asked about once.</summary>
internal static class Original
{
    private static readonly ConcurrentDictionary<string, Verdict> Known = new();
    private static readonly string Program = Interop.Tests.Lab.Binaries.Path(Interop.Tests.Lab.Build.Real);

    public static Verdict Judge(ConfigurationCase configuration) =>
        Known.GetOrAdd(configuration.Fingerprint, static (_, configuration) => WrittenCase.With(configuration, Judge), configuration);

    private static Verdict Judge(WrittenCase written) => ProgramRun.Test(Program, written);
}
