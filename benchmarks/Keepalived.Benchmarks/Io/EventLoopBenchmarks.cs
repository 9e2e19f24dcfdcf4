using System.Buffers;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Benchmarks.Io;

/// <summary>Whole ways through the loop and the kernel, a thousand to an operation.</summary>
[MemoryDiagnoser]
public class EventLoopBenchmarks
{
    private const int Count = 1000;
    private const int InFlight = 32;

    private readonly byte[] _payload = new byte[40];
    private readonly byte[] _scratch = new byte[2048];
    private EventLoop _loop = null!;
    private DatagramSocket _receiver = null!;
    private DatagramSocket _sender = null!;
    private DatagramWriter _writer = null!;
    private DatagramHeader _header;
    private Action<object?> _hop = null!;
    private int _left;

    [GlobalSetup]
    public void Setup()
    {
        var loopback = InetAddress.Parse("127.0.0.1");
        _loop = new EventLoop();
        _receiver = DatagramSocket.OpenUdp(_loop, AddressFamily.InterNetwork);
        _sender = DatagramSocket.OpenUdp(_loop, AddressFamily.InterNetwork);
        _receiver.Bind(loopback);
        _writer = new DatagramWriter(_sender.Output);
        _header = new DatagramHeader { Length = _payload.Length, Destination = loopback, Port = _receiver.LocalPort, HopLimit = 255 };
        _hop = _ =>
        {
            if (--_left > 0)
                _loop.Schedule(_hop, null);
            else
                _loop.Stop();
        };
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _sender.Dispose();
        _receiver.Dispose();
        _loop.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Schedule()
    {
        _left = Count;
        _loop.Schedule(_hop, null);
        _loop.Run();
    }

    /// <summary>UDP on loopback in bursts of 32: pipe, sendmmsg, kernel, recvmmsg, pipe.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void DatagramRoundTrip()
    {
        _left = Count;
        _loop.Schedule(static state => _ = ((EventLoopBenchmarks)state!).EchoAsync(), this);
        _loop.Run();
    }

    private async Task EchoAsync()
    {
        for (var i = 0; i < InFlight; i++)
            _writer.TryWrite(_header, _payload);
        while (_left > 0)
        {
            var result = await _receiver.Input.ReadAsync();
            _receiver.Input.AdvanceTo(Answer(result.Buffer));
        }

        _loop.Stop();
    }

    private SequencePosition Answer(ReadOnlySequence<byte> buffer)
    {
        while (DatagramFrame.TryRead(ref buffer, _scratch, out _, out var payload))
        {
            if (_left-- > InFlight)
                _writer.TryWrite(_header, payload);
        }

        return buffer.Start;
    }
}
