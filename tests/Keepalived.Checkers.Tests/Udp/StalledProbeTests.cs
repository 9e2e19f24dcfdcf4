using System.Net;
using System.Net.Sockets;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Tests.Support;
using Keepalived.Checkers.Udp;

namespace Keepalived.Checkers.Tests.Udp;

/// <summary>A process that stood still says nothing of its servers.</summary>
public sealed class StalledProbeTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    [Test]
    public async Task Check_AfterAStall_StillHearsTheAnswer()
    {
        using var probe = new Probe();
        probe.Clock.Stall(10 * Timeout);
        probe.Clock.Advance(TimeSpan.Zero);
        probe.Answer();
        Assert.That((await probe.Result).Outcome, Is.EqualTo(CheckOutcome.Success));
    }

    [Test]
    public async Task Check_SilentAfterAStall_EndsATimeoutLater()
    {
        using var probe = new Probe();
        probe.Clock.Stall(10 * Timeout);
        probe.Clock.Advance(TimeSpan.Zero);
        probe.Clock.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.That(probe.Result.IsCompleted, Is.False);
        probe.Clock.Stall(10 * Timeout); // once only: a machine that never comes to rest shall come to a verdict
        probe.Clock.Advance(TimeSpan.Zero);
        Assert.That((await probe.Result).Outcome, Is.EqualTo(CheckOutcome.Failure));
    }

    [Test]
    public async Task Check_Silent_EndsInTime()
    {
        using var probe = new Probe();
        probe.Clock.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.That(probe.Result.IsCompleted, Is.False);
        probe.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((await probe.Result).Outcome, Is.EqualTo(CheckOutcome.Failure));
    }

    private sealed class Probe : IDisposable
    {
        private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly EndPoint _client;

        public Probe()
        {
            _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _server.ReceiveTimeout = 10_000;
            var connection = new ConnectionOptions { Destination = (IPEndPoint)_server.LocalEndPoint!, Timeout = Timeout, TimeProvider = Clock };
            Result = new UdpChecker(new UdpCheckerOptions { Connection = connection, RequireReply = true }).CheckAsync(default).AsTask();
            _client = new IPEndPoint(IPAddress.Any, 0);
            _server.ReceiveFrom(new byte[64], ref _client);
        }

        public ManualTimeProvider Clock { get; } = new();

        public Task<CheckResult> Result { get; }

        public void Answer() => _server.SendTo("pong"u8, _client);

        public void Dispose() => _server.Dispose();
    }
}
