using System.Buffers;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Benchmarks.Io;

/// <summary>What the frame around a datagram costs, alone and on its way through a pipe.</summary>
[MemoryDiagnoser]
public class DatagramFrameBenchmarks
{
    private readonly byte[] _payload = new byte[40];
    private readonly byte[] _frame = new byte[DatagramHeader.Size + 40];
    private readonly byte[] _scratch = new byte[2048];
    private DatagramHeader _header;
    private DatagramPipe _near = null!;
    private DatagramPipe _far = null!;
    private DatagramWriter _writer = null!;

    [GlobalSetup]
    public void Setup()
    {
        _header = new DatagramHeader
        {
            Length = _payload.Length,
            Source = InetAddress.Parse("192.0.2.1"),
            Destination = InetAddress.Parse("224.0.0.18"),
            InterfaceIndex = 2,
            HopLimit = 255,
        };
        DatagramFrame.WriteHeader(_frame, _header);
        (_near, _far) = DatagramPipe.CreatePair();
        _writer = new DatagramWriter(_near.Output);
    }

    [Benchmark]
    public void WriteHeader() => DatagramFrame.WriteHeader(_frame, _header);

    [Benchmark]
    public int Read()
    {
        var buffer = new ReadOnlySequence<byte>(_frame);
        DatagramFrame.TryRead(ref buffer, _scratch, out var header, out var payload);
        return header.HopLimit + payload.Length;
    }

    [Benchmark]
    public int ThroughAPipe()
    {
        _writer.TryWrite(_header, _payload);
        _far.Input.TryRead(out var result);
        var buffer = result.Buffer;
        DatagramFrame.TryRead(ref buffer, _scratch, out var header, out var payload);
        _far.Input.AdvanceTo(buffer.Start);
        return header.HopLimit + payload.Length;
    }
}
