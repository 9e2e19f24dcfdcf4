using BenchmarkDotNet.Attributes;
using Keepalived.Bfd.Wire;

namespace Keepalived.Benchmarks.Bfd;

/// <summary>Signing and verifying a control packet.</summary>
[MemoryDiagnoser]
public class AuthenticationBenchmarks
{
    private readonly byte[] _bytes = new byte[BfdControlPacket.MaxSize];
    private BfdKey _key = null!;
    private int _length;

    [Params(BfdAuthenticationType.SimplePassword, BfdAuthenticationType.MeticulousKeyedMd5, BfdAuthenticationType.MeticulousKeyedSha1)]
    public BfdAuthenticationType Type { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _key = new BfdKey(1, Type, "bfdsecret"u8);
        new BfdControlHeader { State = BfdState.Down, DetectMultiplier = 3, MyDiscriminator = 1 }.WriteTo(_bytes);
        _length = _key.Sign(_bytes, 1);
    }

    [Benchmark]
    public int Sign() => _key.Sign(_bytes, 1);

    [Benchmark]
    public BfdDiscardReason Verify()
    {
        BfdControlPacket.TryParse(_bytes.AsSpan(0, _length), out var packet);
        return _key.Verify(packet);
    }
}
