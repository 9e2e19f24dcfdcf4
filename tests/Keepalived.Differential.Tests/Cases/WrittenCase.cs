using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>A configuration written to a folder of its own.</summary>
internal sealed class WrittenCase
{
    private WrittenCase(ConfigurationCase configuration, string folder)
    {
        (Arguments, MainFile) = (configuration.Arguments, Path.Combine(folder, "k.conf"));
        if (configuration.Main is { } main)
            File.WriteAllBytes(MainFile, main);
        foreach (var file in configuration.Files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
            File.SetUnixFileMode(path, file.Mode);
        }
    }

    public string MainFile { get; }

    public IReadOnlyList<string> Arguments { get; }

    public bool AllConfig => Arguments.Contains("-e");

    public string? ConfigId => Arguments.Index().FirstOrDefault(static item => item.Item == "-i") is { Item: not null } option
        ? Arguments[option.Index + 1]
        : null;

    /// <summary>Writes the configuration, uses it, and removes it.</summary>
    public static T With<T>(ConfigurationCase configuration, Func<WrittenCase, T> use)
    {
        var folder = TestBed.NewFolder();
        try
        {
            return use(new WrittenCase(configuration, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
