namespace Keepalived.Differential.Tests.Cases;

/// <summary>The hand-written configurations of the folder Corpus.</summary>
internal static class Corpus
{
    private static readonly Lazy<IReadOnlyList<CorpusFile>> Read = new(static () =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "*.conf").Order(StringComparer.Ordinal)
            .Select(static path => CorpusFile.Read(path)),
    ]);

    public static IReadOnlyList<CorpusFile> Files => Read.Value;

    public static IEnumerable<ConfigurationCase> Cases => Files.SelectMany(static file => file.Cases);
}
