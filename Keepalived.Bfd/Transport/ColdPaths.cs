using System.Runtime.CompilerServices;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// What runs when a neighbour falls silent runs rarely, and then milliseconds count. Under a just-in-time compiler it runs once at the
/// start, so that it is not compiled then.
/// </summary>
internal static class ColdPaths
{
    public static void Warm()
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled)
            return;
        const uint Ours = 1;
        var address = InetAddress.FromIPv4(0x7f00_0002);
        var session = new BfdSession(new BfdPath { Remote = address }, Ours, new BfdSessionOptions(), now: 0);
        Span<byte> bytes = stackalloc byte[BfdControlHeader.Size];
        new BfdControlHeader
        {
            State = BfdState.Init,
            DetectMultiplier = 3,
            MyDiscriminator = 2,
            YourDiscriminator = Ours,
            DesiredMinTxInterval = 1000,
            RequiredMinRxInterval = 1000,
        }.WriteTo(bytes);
        BfdControlPacket.TryParse(bytes, out var packet);
        session.HandlePacket(packet, byte.MaxValue, now: 0);
        var late = session.DetectionTime + MonotonicClock.Second;
        if (session.IsDetectionDue(late))
            session.TryForgiveStall(late);
        session.HandleTimeout(late + MonotonicClock.Second);
        while (session.TryDequeue(out var action))
            NullLogger.Instance.NeighborSilent(string.Empty, address, action.OldState, action.NewState, action.Lateness);
    }
}
