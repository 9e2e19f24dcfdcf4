using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Benchmarks.Vrrp;

/// <summary>One step of the state machine, from the datagram or the deadline to the drained actions.</summary>
[MemoryDiagnoser]
public class RouterBenchmarks
{
    private static readonly InetAddress PeerAddress = InetAddress.Parse("10.9.0.1");

    private readonly DatagramHeader _header = new() { Length = 32 };
    private VrrpRouter _backup = null!;
    private VrrpRouter _master = null!;
    private byte[] _advert = null!;
    private byte[] _forged = null!;
    private long _now = MonotonicClock.Second;

    [GlobalSetup]
    public void SetUp()
    {
        var options = new VrrpRouterOptions
        {
            Name = "VI_1",
            VirtualRouterId = 51,
            Family = AddressFamily.InterNetwork,
            Addresses = [InetAddress.Parse("10.9.0.100")],
            SourceAddress = InetAddress.Parse("10.9.0.2"),
        };
        var group = options.EffectiveGroup;
        _advert = new VrrpAdvertisementTemplate(options).Patch(200, 1, PeerAddress, group).ToArray();
        _forged = [.. _advert];
        _forged[^1] ^= 1;
        _backup = new VrrpRouter(options);
        _backup.Start(_now);
        _master = new VrrpRouter(options with { Priority = 255 });
        _master.Start(_now);
        _master.HandleTimeout(_master.NextDeadline);
        Drain(_backup);
        Drain(_master);
    }

    /// <summary>A backup hears its master: all checks, a new deadline.</summary>
    [Benchmark]
    public VrrpDiscardReason BackupHearsMaster()
    {
        var verdict = _backup.HandleDatagram(_header, _advert, ++_now);
        Drain(_backup);
        return verdict;
    }

    /// <summary>A packet with a wrong checksum, as in a flood.</summary>
    [Benchmark]
    public VrrpDiscardReason DiscardForged()
    {
        var verdict = _backup.HandleDatagram(_header, _forged, ++_now);
        Drain(_backup);
        return verdict;
    }

    /// <summary>A master's timer: an advert made ready to send, a new deadline.</summary>
    [Benchmark]
    public int MasterAdvertises()
    {
        _master.HandleTimeout(_master.NextDeadline);
        return Drain(_master);
    }

    private static int Drain(VrrpRouter router)
    {
        var length = 0;
        while (router.TryDequeue(out var action))
        {
            if (action.Kind != VrrpActionKind.SendAdvertisement)
                continue;
            foreach (var destination in router.Destinations)
                length += router.GetAdvertisement(action, destination).Length;
        }

        return length;
    }
}
