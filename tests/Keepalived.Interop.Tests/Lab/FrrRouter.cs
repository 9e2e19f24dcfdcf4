using System.Diagnostics;
using System.Globalization;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// FRR's zebra and vrrpd at a station, without its start scripts: sockets, pid files and configuration are in a folder of their own. A
/// virtual router of FRR's is a macvlan with the virtual MAC and the addresses, which the station needs before.
/// </summary>
internal sealed class FrrRouter : IDisposable
{
    private const string Programs = "/usr/lib/frr";
    private const int VirtualRouterId = 51;
    private readonly List<Process> _processes = [];
    private readonly string _folder;

    public FrrRouter(Lan lan, string station, int priority, params string[] addresses)
    {
        if (!File.Exists($"{Programs}/vrrpd"))
            Assert.Inconclusive("frr is not installed");
        // FRR's own user writes there.
        _folder = Directory.CreateTempSubdirectory("kdn-frr-").FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        MakeDevice(lan, station, addresses);
        var lines = addresses.Select(address => $" vrrp {VirtualRouterId} {(IsIPv6(address) ? "ipv6" : "ip")} {address}");
        Start(lan, station, "zebra", "");
        Start(lan, station, "vrrpd", string.Create(CultureInfo.InvariantCulture, $"""
            interface {Lan.Interface}
             vrrp {VirtualRouterId} version 3
             vrrp {VirtualRouterId} priority {priority}
             vrrp {VirtualRouterId} advertisement-interval 200
            {string.Join('\n', lines)}
            """));
    }

    /// <summary>SIGTERM: vrrpd says goodbye.</summary>
    public void Stop()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (process.HasExited)
                continue;
            _ = Libc.SendSignal(process.Id, Libc.Terminate);
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
                process.Kill();
        }
    }

    public void Dispose()
    {
        Stop();
        foreach (var process in _processes)
            process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void MakeDevice(Lan lan, string station, string[] addresses)
    {
        var (name, mac) = IsIPv6(addresses[0]) ? ("vrrp6", "00:00:5e:00:02:33") : ("vrrp4", "00:00:5e:00:01:33");
        lan.Ip(station,
        [
            $"link add {name} link {Lan.Interface} address {mac} type macvlan mode bridge", $"link set dev {name} addrgenmode none",
            .. addresses.Select(address => $"address add {address}/{(IsIPv6(address) ? "64" : "24")} dev {name}{(IsIPv6(address) ? " nodad" : "")}"),
            $"link set dev {name} up",
        ]);
    }

    private void Start(Lan lan, string station, string program, string configuration)
    {
        var path = Path.Combine(_folder, program);
        File.WriteAllText(path + ".conf", configuration + "\n");
        var start = new ProcessStartInfo(
            $"{Programs}/{program}",
            ["-P", "0", "-z", $"{_folder}/zserv.api", "--vty_socket", _folder, "-i", path + ".pid", "-f", path + ".conf", "--log", "syslog:critical"])
        {
            UseShellExecute = false,
        };
        _processes.Add(Namespaces.Run(lan.Namespace(station), () => Process.Start(start)!));
        Expect.Within(TimeSpan.FromSeconds(10), () => File.Exists(Path.Combine(_folder, program + ".vty")), $"{program} runs");
    }

    private static bool IsIPv6(string address) => address.Contains(':', StringComparison.Ordinal);
}
