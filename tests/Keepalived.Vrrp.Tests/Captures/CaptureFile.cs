using System.Text.Json;

namespace Keepalived.Vrrp.Tests.Captures;

/// <summary>Frames recorded from other implementations (or made by hand, for the negative ones), from the files beside this one.</summary>
internal static class CaptureFile
{
    private const string Prefix = "Captures/";

    /// <summary>The names of all recordings, without the hand-made vectors.</summary>
    public static IEnumerable<string> Names =>
        typeof(CaptureFile).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(static name => name[Prefix.Length..])
            .Where(static name => name != "negative-vectors")
            .Order(StringComparer.Ordinal);

    public static IReadOnlyList<CapturedFrame> Read(string name)
    {
        using var stream = typeof(CaptureFile).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new ArgumentException($"There is no capture '{name}'.", nameof(name));
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(static (frame, index) => new CapturedFrame(
            Text(frame, "name") ?? $"frame {index}",
            Text(frame, "kind") ?? "vrrp",
            Text(frame, "expect") ?? "accept",
            Convert.FromHexString(Text(frame, "hex")!)))];
    }

    private static string? Text(JsonElement frame, string property) =>
        frame.TryGetProperty(property, out var value) ? value.GetString() : null;
}
