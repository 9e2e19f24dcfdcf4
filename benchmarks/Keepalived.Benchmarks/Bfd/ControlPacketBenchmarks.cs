using BenchmarkDotNet.Attributes;
using Keepalived.Bfd.Wire;

namespace Keepalived.Benchmarks.Bfd;

/// <summary>Decoding and encoding a control packet.</summary>
[MemoryDiagnoser]
public class ControlPacketBenchmarks
{
    private readonly byte[] _bytes = new byte[BfdControlPacket.MaxSize];
    private readonly BfdControlHeader _header = new()
    {
        State = BfdState.Up,
        DetectMultiplier = 3,
        MyDiscriminator = 0x11111111,
        YourDiscriminator = 0x22222222,
        DesiredMinTxInterval = 10_000,
        RequiredMinRxInterval = 10_000,
    };

    [GlobalSetup]
    public void Setup() => _header.WriteTo(_bytes);

    [Benchmark]
    public uint Decode()
    {
        BfdControlPacket.TryParse(_bytes.AsSpan(0, BfdControlHeader.Size), out var packet);
        return packet.YourDiscriminator + packet.RequiredMinRxInterval;
    }

    [Benchmark]
    public int Encode() => _header.WriteTo(_bytes);
}
