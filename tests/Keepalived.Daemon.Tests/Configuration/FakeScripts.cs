using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>Users root (0) and nobody (65534), and files that the test makes up.</summary>
internal sealed class FakeScripts : IScriptEnvironment
{
    private const uint RegularExecutable = 0x8000 | 0x1ed;
    private const uint Directory = 0x4000 | 0x1ed;

    public Dictionary<string, ScriptFileStatus> Files { get; } = new()
    {
        ["/"] = new(Directory, 0, 0),
        ["/bin"] = new(Directory, 0, 0),
        ["/bin/true"] = new(RegularExecutable, 0, 0),
    };

    public Dictionary<string, string> Links { get; } = [];

    public Dictionary<string, (uint User, uint Group)> Users { get; } = new() { ["root"] = (0, 0), ["nobody"] = (65534, 65534) };

    public uint EffectiveUserId => 0;

    public uint EffectiveGroupId => 0;

    public string? SearchPath => "/usr/bin:/bin";

    public bool TryFindUser(string name, out uint userId, out uint groupId)
    {
        var found = Users.TryGetValue(name, out var ids);
        (userId, groupId) = ids;
        return found;
    }

    public bool TryFindGroup(string name, out uint groupId)
    {
        var found = Users.TryGetValue(name, out var ids);
        groupId = ids.Group;
        return found;
    }

    public ScriptFileStatus? GetStatus(string path) => Files.TryGetValue(path, out var status) ? status : null;

    public string? Resolve(string path) => Links.TryGetValue(path, out var target) ? target : Files.ContainsKey(path) ? path : null;
}
