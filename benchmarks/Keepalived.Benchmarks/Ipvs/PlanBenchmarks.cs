using BenchmarkDotNet.Attributes;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Benchmarks.Ipvs;

/// <summary>Planning for 1,000 services with 10 destinations each.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    private const int Services = 1000;
    private const int Destinations = 10;

    private readonly IpvsTable _desired = new(Enumerable.Range(0, Services).Select(Entry));
    private IpvsServiceEntry[] _equal = [];
    private IpvsServiceEntry[] _oneDiffers = [];

    [GlobalSetup]
    public void Setup()
    {
        _equal = _desired.ToEntries();
        _oneDiffers = _desired.ToEntries();
        var entry = _oneDiffers[Services / 2];
        var changed = entry.Destinations[0] with { Destination = entry.Destinations[0].Destination with { Weight = 7 } };
        _oneDiffers[Services / 2] = entry with { Destinations = [changed, .. entry.Destinations.Span[1..]] };
    }

    [Benchmark]
    public int FromEmpty() => IpvsPlan.Create(_desired, []).Operations.Count;

    [Benchmark]
    public int Equal() => IpvsPlan.Create(_desired, _equal).Operations.Count;

    [Benchmark]
    public int OneOfTenThousandDiffers() => IpvsPlan.Create(_desired, _oneDiffers).Operations.Count;

    private static IpvsTableEntry Entry(int index) => new(
        new IpvsService { Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.FromIPv4(0x0a000001 + (uint)index), 80) },
        [
            .. Enumerable.Range(1, Destinations).Select(number => new IpvsDestination
            {
                Address = InetAddress.FromIPv4(0x0b000000 + (uint)((index * Destinations) + number)),
                Port = 80,
            }),
        ]);
}
