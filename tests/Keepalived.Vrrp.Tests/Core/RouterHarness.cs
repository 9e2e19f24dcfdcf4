using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>
/// A router in virtual time, everything it asked for with the time at which it did, and peers that can be made to say anything.
/// </summary>
internal sealed class RouterHarness
{
    public const long Second = MonotonicClock.Second;
    public const long Millisecond = MonotonicClock.Millisecond;

    /// <summary>Not zero, so that forgetting to add the present shows.</summary>
    public const long Epoch = 1000 * Second;

    /// <summary>The wall clock at <see cref="Epoch"/>, nanoseconds since 1970.</summary>
    public const long UtcEpoch = 1_780_000_000 * Second;

    public static readonly InetAddress OurAddress = InetAddress.Parse("10.9.0.5");
    public static readonly InetAddress LowerAddress = InetAddress.Parse("10.9.0.1");
    public static readonly InetAddress HigherAddress = InetAddress.Parse("10.9.0.200");

    private ulong _lastSequence;

    public RouterHarness(VrrpRouterOptions? options = null)
    {
        Router = new VrrpRouter(options ?? V3());
    }

    public VrrpRouter Router { get; }

    public long Now { get; private set; } = Epoch;

    /// <summary>The router's wall clock, nanoseconds since 1970.</summary>
    public long UtcNow => UtcEpoch + Elapsed + ClockError;

    /// <summary>How far the router's wall clock is ahead of the true one.</summary>
    public long ClockError { get; set; }

    /// <summary>The time since the start of the test.</summary>
    public long Elapsed => Now - Epoch;

    public List<(long Time, VrrpAction Action)> Log { get; } = [];

    public IEnumerable<VrrpAction> Actions => Log.Select(static entry => entry.Action);

    public IEnumerable<VrrpActionKind> Kinds =>
        Actions.Where(static action => action.Kind != VrrpActionKind.Notice).Select(static action => action.Kind);

    public IEnumerable<VrrpNotice> Notices =>
        Actions.Where(static action => action.Kind == VrrpActionKind.Notice).Select(static action => action.Notice);

    public IEnumerable<VrrpAction> Adverts => Actions.Where(static action => action.Kind == VrrpActionKind.SendAdvertisement);

    public static VrrpRouterOptions V2(byte priority = 100) => new()
    {
        Name = "VI_1",
        VirtualRouterId = 51,
        Family = AddressFamily.InterNetwork,
        Version = VrrpVersion.V2,
        Priority = priority,
        Addresses = [InetAddress.Parse("10.9.0.100")],
        SourceAddress = OurAddress,
    };

    public static VrrpRouterOptions V3(byte priority = 100) => V2(priority) with { Version = VrrpVersion.V3 };

    public static VrrpRouterOptions V3IPv6(byte priority = 100) => new()
    {
        Name = "VI_6",
        VirtualRouterId = 51,
        Family = AddressFamily.InterNetworkV6,
        Priority = priority,
        Addresses = [InetAddress.Parse("fe80::100"), InetAddress.Parse("2001:db8::100")],
        SourceAddress = InetAddress.Parse("fe80::5"),
    };

    public static VrrpRouterOptions Unicast(VrrpRouterOptions options, params string[] peers) =>
        options with { Peers = [.. peers.Select(static peer => new VrrpPeer(InetAddress.Parse(peer)))] };

    public RouterHarness Start(long startupDelay = 0)
    {
        Router.Start(Now, startupDelay == 0 ? 0 : Now + startupDelay);
        Drain();
        return this;
    }

    /// <summary>Starts and waits until it is master, then forgets what it said on the way.</summary>
    public RouterHarness StartMaster()
    {
        Start();
        for (var i = 0; i < 100 && Router.State != VrrpState.Master; i++)
            Elapse(Router.NextDeadline - Now);
        Assert.That(Router.State, Is.EqualTo(VrrpState.Master));
        Log.Clear();
        return this;
    }

    /// <summary>Lets time pass, with every deadline on the way.</summary>
    public RouterHarness Elapse(long duration)
    {
        var until = Now + duration;
        while (Router.NextDeadline <= until)
        {
            Now = Math.Max(Now, Router.NextDeadline);
            Router.HandleTimeout(Now);
            Drain();
        }

        Now = until;
        return this;
    }

    /// <summary>Lets time pass without giving the router a chance: the loop is late.</summary>
    public void Sleep(long duration)
    {
        Now += duration;
        Router.HandleTimeout(Now);
        Drain();
    }

    public void Do(Action<VrrpRouter, long> input)
    {
        input(Router, Now);
        Drain();
    }

    /// <summary>A peer with the same options says a priority.</summary>
    public VrrpDiscardReason Receive(int priority, InetAddress source, Func<VrrpRouterOptions, VrrpRouterOptions>? differently = null) =>
        ReceiveChanged(priority, source, differently, static _ => { });

    /// <summary>The same after somebody changed the bytes, without a new checksum.</summary>
    public VrrpDiscardReason ReceiveChanged(
        int priority, InetAddress source, Func<VrrpRouterOptions, VrrpRouterOptions>? differently, Action<byte[]> change)
    {
        var packet = Advertisement(priority, source, differently);
        change(packet);
        return ReceivePacket(packet, source);
    }

    public VrrpDiscardReason ReceivePacket(byte[] packet, InetAddress source, int hopLimit = 255, InetAddress destination = default)
    {
        if (destination.IsNone)
            destination = Router.Options.IsUnicast ? UnicastDestination : Router.Options.EffectiveGroup;
        var header = new DatagramHeader { Length = packet.Length, Source = source, Destination = destination, HopLimit = hopLimit };
        var verdict = Router.HandleDatagram(header, packet, Now, UtcNow);
        Drain();
        return verdict;
    }

    /// <param name="sequence">The number of its authentication, if it has one that is numbered; null for a new one.</param>
    public byte[] Advertisement(
        int priority, InetAddress source, Func<VrrpRouterOptions, VrrpRouterOptions>? differently = null, ulong? sequence = null)
    {
        var options = Router.Options with
        {
            SourceAddress = source,
            InitialState = null,
            Preempt = true,
            LateTimerPeerPriority = null,
            OwnerIgnoreAdvertisements = false,
        };
        if (options.IsUnicast)
            options = options with { Peers = [new VrrpPeer(UnicastDestination)] };
        options = differently?.Invoke(options) ?? options;
        var template = new VrrpAdvertisementTemplate(options);
        var destination = options.IsUnicast ? options.Peers[0].Address : options.EffectiveGroup;
        return template.Patch((byte)priority, 1, source, destination, sequence ?? NextSequence(options)).ToArray();
    }

    /// <summary>Higher than any before it, and than the router's own.</summary>
    private ulong NextSequence(VrrpRouterOptions options)
    {
        var now = options.Hmac is null ? (ulong)(Elapsed / Millisecond) : SequenceClock.FromTime(UtcNow);
        return _lastSequence = Math.Max(_lastSequence + 1, now);
    }

    private InetAddress UnicastDestination => Router.SourceAddress.IsNone ? OurAddress : Router.SourceAddress;

    private void Drain()
    {
        while (Router.TryDequeue(out var action))
            Log.Add((Now, action));
    }
}
