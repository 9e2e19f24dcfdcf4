using System.Text.Json;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>
/// Frames that no receiver may act on: for VRID 51, interval 1 s, without authentication, address 10.90.0.100. All but their defect is
/// that of a better master (priority 254 from 10.90.0.66), so that a receiver which takes one gives itself away.
/// </summary>
internal static class MalformedAdverts
{
    public static byte[][] Version2 { get; } = Load(name => name[..3] is "v2-" or "ah-");

    public static byte[][] Version3 { get; } = Load(name => name[..3] is "v3-" && !IsIPv6(name));

    public static byte[][] IPv6 { get; } = Load(IsIPv6);

    private static bool IsIPv6(string name) => name.StartsWith("v3-ipv6-", StringComparison.Ordinal);

    private static byte[][] Load(Func<string, bool> wanted)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Vectors", "malformed-adverts.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document.RootElement.EnumerateArray()
                .Where(vector => wanted(vector.GetProperty("name").GetString()!))
                .Select(vector => Convert.FromHexString(vector.GetProperty("hex").GetString()!)),
        ];
    }
}
