using System.Diagnostics.Metrics;
using System.Globalization;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>An endpoint with many sessions makes no garbage, and what it does can be measured.</summary>
[NonParallelizable]
public sealed class EndpointAllocationTests
{
    /// <summary>How many sessions: 32, or what KEEPALIVED_STEADY_SESSIONS says.</summary>
    private static readonly int Sessions = Setting("KEEPALIVED_STEADY_SESSIONS", 32);

    // On a busy machine an endpoint may log that a packet was late, and a line of log costs a string.
    private static readonly BfdEndpointOptions Quiet = new() { LoggerFactory = NullLoggerFactory.Instance };

    /// <summary>How long to watch: 3 s, or what KEEPALIVED_STEADY_SECONDS says.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(Setting("KEEPALIVED_STEADY_SECONDS", 3));

    [TestCase(false)]
    [TestCase(true)]
    public async Task SteadyState_ManySessions_AllocatesNothing(bool withEcho)
    {
        using var link = new TestLink();
        var session = TestLink.Quick with
        {
            EchoTxInterval = TimeSpan.FromMilliseconds(withEcho ? 20 : 0),
            RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(withEcho ? 20 : 0),
            EchoDetectMultiplier = 100,
        };
        var addresses = Enumerable.Range(0, Sessions).Select(number => $"10.{92 + (number / 200)}.{1 + (number % 200)}.").ToList();
        link.Ip('a', [.. addresses.Select(prefix => $"address add {prefix}1/24 dev eth0")]);
        link.Ip('b', [.. addresses.Select(prefix => $"address add {prefix}2/24 dev eth0")]);
        var a = await link.StartAsync('a', Quiet, Neighbors('a', '2'));
        var b = await link.StartAsync('b', Quiet, Neighbors('b', '1'));
        await TestLink.Expect(() => a.Neighbors.All(IsReady) && b.Neighbors.All(IsReady), "all up", 30);
        await Task.Delay(TimeSpan.FromSeconds(5));

        var received = a.Neighbors.Sum(static neighbor => neighbor.Statistics.ControlPacketsReceived);
        var (allocated, collections) = (AllocatedByLoop(a) + AllocatedByLoop(b), GC.CollectionCount(0));
        Thread.Sleep(Hold);
        allocated = AllocatedByLoop(a) + AllocatedByLoop(b) - allocated;

        Assert.Multiple(() =>
        {
            Assert.That(allocated, Is.Zero, $"bytes allocated by the loops in {Hold}");
            Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
            Assert.That(a.Neighbors.Sum(static neighbor => neighbor.Statistics.ControlPacketsReceived) - received, Is.GreaterThan(Sessions));
            Assert.That(a.Neighbors.All(static neighbor => neighbor.State == BfdState.Up), Is.True);
        });

        BfdNeighborOptions[] Neighbors(char station, char host) =>
        [
            .. addresses.Select(prefix => TestLink.Neighbor(station) with
            {
                Name = prefix,
                Address = InetAddress.Parse($"{prefix}{host}"),
                Session = session,
            }),
        ];

        bool IsReady(BfdNeighbor neighbor) => neighbor.State == BfdState.Up && (!withEcho || neighbor.Statistics.EchoPacketsReceived > 0);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Asks the loop's thread, in a way that makes it allocate nothing itself.</summary>
    private static long AllocatedByLoop(BfdEndpoint endpoint)
    {
        using var answered = new ManualResetEventSlim();
        var bytes = 0L;
        endpoint.Post(() =>
        {
            bytes = GC.GetAllocatedBytesForCurrentThread();
            answered.Set();
        });
        answered.Wait();
        return bytes;
    }

    [Test]
    public async Task Meter_TellsStateAndPackets()
    {
        using var link = new TestLink();
        var (a, _) = await link.ConnectAsync();
        await TestLink.Expect(() => a.Statistics.ControlPacketsReceived > 5, "packets");
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Keepalived.Bfd")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var (key, tag) in tags)
            {
                if (key == "session" && Equals(tag, a.Name))
                    seen[instrument.Name] = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(seen["bfd.session.state"], Is.EqualTo((long)BfdState.Up));
        Assert.That(seen["bfd.packets.received"], Is.GreaterThan(5));
    }
}
