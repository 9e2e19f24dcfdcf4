using System.Buffers;
using BenchmarkDotNet.Attributes;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Netlink.Wire;

namespace Keepalived.Benchmarks.Netlink;

/// <summary>
/// What it costs to write a request and to read a dump. Writing and walking allocate nothing; a decoded address is one object, and its
/// label another.
/// </summary>
[MemoryDiagnoser]
public class NetlinkMessageBenchmarks
{
    private const int DumpLength = 1000;

    private readonly byte[] _request = new byte[256];
    private readonly Address _address = Address.Create(2, InetPrefix.Parse("192.0.2.1/24"), AddressFlags.NoPrefixRoute) with { Protocol = RouteProtocol.Keepalived };
    private byte[] _dump = [];

    [GlobalSetup]
    public void Setup()
    {
        var output = new ArrayBufferWriter<byte>();
        for (var i = 0; i < DumpLength; i++)
        {
            var writer = new NetlinkMessageWriter(output, RouteMessageType.NewAddress, NetlinkMessageFlags.Multi, 1, 2);
            (_address with { Local = InetAddress.FromIPv4(0x0a000000 + (uint)i), Label = "eth0" }).Encode(ref writer);
            writer.Complete();
        }

        _dump = output.WrittenSpan.ToArray();
    }

    [Benchmark]
    public int WriteAddressRequest()
    {
        var writer = new NetlinkMessageWriter(
            _request, RouteMessageType.NewAddress, NetlinkMessageFlags.Request | NetlinkMessageFlags.Acknowledge, 1);
        _address.Encode(ref writer);
        return writer.Complete();
    }

    [Benchmark(OperationsPerInvoke = DumpLength)]
    public int WalkDump()
    {
        var count = 0;
        var reader = new NetlinkMessageReader(_dump);
        while (reader.TryRead(out var message))
        {
            foreach (var attribute in message.Attributes(8))
                count += attribute.Type;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = DumpLength)]
    public int DecodeDump()
    {
        var count = 0;
        var reader = new NetlinkMessageReader(_dump);
        while (reader.TryRead(out var message))
        {
            if (Address.TryParse(message, out var address) == NetlinkDecodeError.None)
                count += address!.PrefixLength;
        }

        return count;
    }
}
