using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// Tells the VRRP child of the quorum of what it tracks (<c>track_virtual_server</c>): a name has its quorum if every virtual server of that
/// name has, and is at work. At the start and after each reload all is said again, in between what changes.
/// </summary>
/// <param name="tell">Gets the name and whether it has its quorum.</param>
internal sealed class QuorumReports(Action<string, bool> tell)
{
    private readonly Dictionary<string, Name> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<VirtualService, List<Name>> _byService = [];

    /// <summary>Goes on with what a configuration tracks.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="services">Its virtual servers that could be made.</param>
    public void Use(KeepalivedConfiguration configuration, IEnumerable<VirtualService> services)
    {
        _names.Clear();
        _byService.Clear();
        foreach (var reference in References(configuration))
            _names.TryAdd(reference.Name, new Name(reference.Name));
        if (_names.Count == 0)
            return;
        foreach (var server in configuration.VirtualServers)
        {
            foreach (var name in NamesOf(server))
                name.Expected++;
        }

        foreach (var service in services)
        {
            var names = NamesOf(service.Configuration).ToList();
            if (names.Count == 0)
                continue;
            _byService.Add(service, names);
            foreach (var name in names)
                name.Services.Add(service);
        }

        foreach (var name in _names.Values)
            tell(name.Text, name.Told = name.HasQuorum);
    }

    /// <summary>The quorum of a virtual server changed.</summary>
    public void OnQuorum(VirtualService service)
    {
        foreach (var name in _byService.GetValueOrDefault(service) ?? [])
        {
            if (name.Told != name.HasQuorum)
                tell(name.Text, name.Told = name.HasQuorum);
        }
    }

    private static IEnumerable<TrackReference> References(KeepalivedConfiguration configuration) =>
        configuration.VrrpInstances.SelectMany(static instance => instance.Tracked.VirtualServers)
            .Concat(configuration.VrrpSyncGroups.SelectMany(static group => group.Tracked.VirtualServers));

    private IEnumerable<Name> NamesOf(VirtualServerConfiguration server) =>
        VirtualServerName.AllOf(server).Select(_names.GetValueOrDefault).OfType<Name>();

    private sealed class Name(string text)
    {
        public string Text => text;

        /// <summary>How many virtual servers the configuration has of it: one that could not be made serves nobody.</summary>
        public int Expected { get; set; }

        public List<VirtualService> Services { get; } = [];

        public bool Told { get; set; }

        public bool HasQuorum => Services.Count == Expected && Services.TrueForAll(static service => service.Pool.Quorum.IsUp);
    }
}
