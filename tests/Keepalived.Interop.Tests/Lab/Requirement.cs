using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>What a scenario needs of the machine; without it the scenario is inconclusive, never green.</summary>
internal static class Requirement
{
    public static void Root()
    {
        if (Libc.EffectiveUser() != 0)
            Assert.Inconclusive("network namespaces need root");
    }

    public static void Tool(string name)
    {
        if (FindTool(name) is null)
            Assert.Inconclusive($"{name} is not installed");
    }

    public static string? FindTool(string name)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return $"{path}:/usr/sbin:/sbin:/usr/bin:/bin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }
}
