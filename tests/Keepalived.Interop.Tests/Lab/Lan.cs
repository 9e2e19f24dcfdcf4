using System.Globalization;
using System.Text.Json.Nodes;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// A link of stations: each a network namespace with <c>eth0</c>, joined by a bridge in a namespace of its own, everything sniffed.
/// Station number N has 10.90.0.N, fe80::N and 2001:db8:90::N. The station <c>x</c> (number 66) is the stranger: a host, and the
/// sender of forged frames.
/// </summary>
internal sealed class Lan : IDisposable
{
    public const string Interface = "eth0";
    public const string Vip = "10.90.0.100";
    public const string Stranger = "x";
    private const int StrangerNumber = 66;

    private readonly string _bridge = Namespaces.NextName();
    private readonly Dictionary<string, string> _stations = [];
    private readonly List<Router> _routers = [];

    public Lan(params string[] routers)
    {
        Folder = Directory.CreateTempSubdirectory("kdn-").FullName;
        foreach (var station in routers.Append(Stranger))
            _stations.Add(station, Namespaces.NextName());
        try
        {
            Create();
            Wire = new Sniffer(_bridge, routers);
        }
        catch
        {
            Remove();
            throw;
        }
    }

    /// <summary>Where configurations, pid files and what scripts write are kept.</summary>
    public string Folder { get; }

    public Sniffer Wire { get; }

    public IReadOnlyList<Router> Routers => _routers;

    public string Namespace(string station) => _stations[station];

    public static string Address(string station) => string.Create(CultureInfo.InvariantCulture, $"10.90.0.{Number(station)}");

    public static string LinkLocal(string station) => string.Create(CultureInfo.InvariantCulture, $"fe80::{Number(station)}");

    public static string Global(string station) => string.Create(CultureInfo.InvariantCulture, $"2001:db8:90::{Number(station)}");

    /// <summary>Starts a keepalived at a station.</summary>
    public Router Start(Build build, string station, params object[] blocks)
    {
        var router = new Router(this, build, station, string.Join('\n', blocks));
        Adopt(router);
        router.Start();
        return router;
    }

    /// <summary>Takes over the end of a router that the scenario starts by itself.</summary>
    public void Adopt(Router router) => _routers.Add(router);

    /// <summary>Cuts the link between the routers without either interface noticing, or heals it.</summary>
    public void Partition(bool cut)
    {
        var routers = _stations.Keys.Where(station => station != Stranger);
        Batch(_bridge, routers.Select(station => $"link set dev {station} type bridge_slave isolated {(cut ? "on" : "off")}"));
    }

    /// <summary>Pulls a station's cable, or plugs it in again.</summary>
    public void Cable(string station, bool plugged) => Batch(_bridge, [$"link set dev {station} {(plugged ? "up" : "down")}"]);

    /// <summary>Runs <c>ip</c> commands inside a station.</summary>
    public void Ip(string station, params string[] commands) => Batch(_stations[station], commands);

    /// <summary>Changes a kernel setting of a station, by its path below /proc/sys.</summary>
    public void Set(string station, string setting, string value) => Namespaces.Run(_stations[station], () =>
    {
        File.WriteAllText("/proc/sys/" + setting, value);
        return true;
    });

    /// <summary>What <c>ip -j address</c> says of a station's interface: one record an address; none of an interface that is not there.</summary>
    public IReadOnlyList<JsonObject> Addresses(string station, string device = Interface)
    {
        var (status, text, _) = Command.Try("ip", ["-n", _stations[station], "-j", "address", "show", "dev", device]);
        var links = status == 0 ? JsonNode.Parse(text)?.AsArray() ?? [] : [];
        return [.. links.SelectMany(link => link?["addr_info"]?.AsArray() ?? []).OfType<JsonObject>()];
    }

    public bool Holds(string station, string address, string device = Interface) => Addresses(station, device).Any(entry => (string?)entry["local"] == address);

    /// <summary>Whether a host of the link reaches the address with one of three attempts.</summary>
    public bool Pings(string address) =>
        Command.Try("ip", ["netns", "exec", _stations[Stranger], "ping", "-c", "3", "-i", "0.2", "-W", "1", address]).Status == 0;

    public void Dispose()
    {
        foreach (var router in _routers)
            router.Dispose();
        Wire.Dispose();
        Remove();
    }

    private static int Number(string station) => station == Stranger ? StrangerNumber : station[0] - 'a' + 1;

    private void Create()
    {
        var create = new List<string> { $"netns add {_bridge}" };
        create.AddRange(_stations.Values.Select(name => $"netns add {name}"));
        create.AddRange(_stations.Select(station =>
            $"link add name {Interface} netns {station.Value} type veth peer name {station.Key} netns {_bridge}"));
        Command.Run("ip", ["-batch", "-"], string.Join('\n', create) + '\n');

        Batch(_bridge,
        [
            "link add br0 type bridge mcast_snooping 0 stp_state 0", "link set dev br0 addrgenmode none", "link set dev br0 up",
            .. _stations.Keys.SelectMany(port => (string[])[$"link set dev {port} addrgenmode none", $"link set dev {port} up master br0"]),
        ]);
        foreach (var (station, name) in _stations)
        {
            Batch(name,
            [
                "link set dev lo up", $"link set dev {Interface} addrgenmode none", $"link set dev {Interface} up",
                $"address add {Address(station)}/24 dev {Interface}", $"address add {LinkLocal(station)}/64 dev {Interface} nodad",
                $"address add {Global(station)}/64 dev {Interface} nodad",
            ]);
        }
    }

    private static void Batch(string network, IEnumerable<string> commands) =>
        Command.Run("ip", ["-n", network, "-batch", "-"], string.Join('\n', commands) + '\n');

    private void Remove()
    {
        Namespaces.Remove([.. _stations.Values, _bridge]);
        Directory.Delete(Folder, recursive: true);
    }
}
