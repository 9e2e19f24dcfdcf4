using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The <c>track_*</c> lists that instances and sync groups have.</summary>
internal sealed class TrackKeywords(KeywordBlock block)
{
    public Keyword<List<TrackReference>> Interfaces { get; } = block.Add(
        "track_interface", new TrackList("track_interface", 253, clampByOne: true, maxName: MaxInterfaceName, isInterface: true),
        "Interfaces whose state changes the priority, or means a fault.");

    public Keyword<List<TrackReference>> Scripts { get; } = block.Add("track_script", new TrackList("track_script", 253, clampByOne: true),
        "Scripts whose result changes the priority, or means a fault.");

    public Keyword<List<TrackReference>> Files { get; } = block.Add("track_file", new TrackList("track_file", 254),
        "Files whose number changes the priority, or means a fault.");

    public Keyword<List<TrackReference>> Processes { get; } = block.Add("track_process", new TrackList("track_process", 254),
        "Processes whose number changes the priority, or means a fault.");

    public Keyword<List<TrackReference>> Bfd { get; } = block.Add("track_bfd", new TrackList("track_bfd", 253, clampByOne: true, isBfd: true),
        "BFD sessions whose state changes the priority, or means a fault.");

    public Keyword<List<TrackReference>> VirtualServers { get; } = block.Add("track_virtual_server", new VirtualServerTrackList(),
        "Virtual servers whose quorum changes the priority, or without which there is a fault; an addition of this version.", since: "2.4.4");
}
