using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Keepalived.Netlink;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Benchmarks.Vrrp;

/// <summary>Decoding and writing an advert. Target: decode at most 60 ns, nothing allocated.</summary>
[MemoryDiagnoser]
public class AdvertisementBenchmarks
{
    private static readonly InetAddress Source = InetAddress.Parse("10.9.0.1");
    private static readonly InetAddress Group = VrrpRouterOptions.DefaultGroupIPv4;

    private VrrpAdvertisementTemplate _template = null!;
    private byte[] _packet = null!;
    private byte _priority;
    private ushort _id;

    /// <summary>How many addresses the advert carries.</summary>
    [Params(1, 20)]
    public int Addresses { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var options = new VrrpRouterOptions
        {
            Name = "VI_1",
            VirtualRouterId = 51,
            Family = AddressFamily.InterNetwork,
            Addresses = [.. Enumerable.Range(1, Addresses).Select(static i => InetAddress.FromIPv4(0x0a090100u + (uint)i))],
            SourceAddress = Source,
        };
        _template = new VrrpAdvertisementTemplate(options);
        _packet = _template.Patch(200, 1, Source, Group).ToArray();
    }

    /// <summary>IP header and message as views, with the message's checksum verified.</summary>
    [Benchmark]
    public bool DecodeAndVerify()
    {
        if (!IPv4Header.TryParse(_packet, out var ip))
            return false;
        return VrrpAdvertisement.TryParse(
            _packet.AsSpan(ip.Bytes.Length),
            AddressFamily.InterNetwork,
            out var message) == VrrpDecodeError.None
            && message.HasValidChecksum(ip.Source, ip.Destination);
    }

    /// <summary>The next advert of a master: another identification.</summary>
    [Benchmark]
    public int PatchIdentification() => _template.Patch(200, ++_id, Source, Group).Length;

    /// <summary>An advert whose priority changed too.</summary>
    [Benchmark]
    public int PatchPriority() => _template.Patch(++_priority, ++_id, Source, Group).Length;
}
