using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>The way of a frame.</summary>
internal sealed partial class VirtualLan
{
    private void Send(LanNode from, in VrrpAction action)
    {
        Statistics.Adverts++;
        if (!from.IsConnected)
            return;
        foreach (var destination in from.Router.Destinations)
        {
            var packet = from.Router.GetAdvertisement(action, destination, UtcNow + from.Host.ClockError);
            if (!_frames.TryPop(out var frame))
                frame = new LanFrame();
            frame.Set(packet);
            frame.Priority = action.Priority;
            frame.Interval = MonotonicClock.FromTimeSpan(from.Router.Options.AdvertisementInterval);
            frame.Header = new DatagramHeader
            {
                Length = packet.Length,
                Source = from.Router.SourceAddress,
                Destination = destination,
                HopLimit = 255,
            };
            // Held while copies are made, so that it is not returned before.
            frame.Copies = 1;
            Spread(from, destination, frame);
            Release(frame);
        }
    }

    private void Spread(LanNode from, InetAddress destination, LanFrame frame)
    {
        var link = _links[from.Segment];
        foreach (var to in _nodes)
        {
            if (to == from || to.Segment != from.Segment || (!destination.IsMulticast && to.Router.SourceAddress != destination))
                continue;
            if (!link.Hears(to.Host.Number, from.Host.Number) || Happens(link.Loss))
            {
                Statistics.Lost++;
                continue;
            }

            Enqueue(link, to, frame);
            if (!Happens(link.Duplication))
                continue;
            Statistics.Doubled++;
            Enqueue(link, to, frame);
        }
    }

    private void Enqueue(Link link, LanNode to, LanFrame frame)
    {
        frame.Copies++;
        var delay = link.Delay + (link.Jitter > 0 ? _random.NextInt64(link.Jitter) : 0);
        _inFlight.Enqueue((to, frame), (Now + delay, _order++));
    }

    private bool Happens(double probability) => probability > 0 && _random.NextDouble() < probability;

    private void Deliver(LanNode to, LanFrame frame)
    {
        if (!to.Host.IsAlive || !to.IsConnected)
        {
            Release(frame);
        }
        else if (!to.Host.IsPaused)
        {
            Receive(to, frame);
        }
        else if (to.Host.Unread.Count < LanHost.SocketBuffer)
        {
            to.Host.Unread.Enqueue((to, frame));
        }
        else
        {
            Statistics.Lost++;
            Release(frame);
        }
    }

    private void Receive(LanNode to, LanFrame frame)
    {
        Statistics.Deliveries++;
        var (state, priority) = (to.State, to.Router.EffectivePriority);
        var verdict = to.Router.HandleDatagram(frame.Header, frame.Packet, LocalTime(to.Host), UtcNow + to.Host.ClockError);
        Carry(to);
        Observer?.OnReceived(to, frame, verdict, state, priority);
        Release(frame);
    }

    private void DropUnread(LanHost host)
    {
        while (host.Unread.TryDequeue(out var unread))
            Release(unread.Frame);
    }

    private void Release(LanFrame frame)
    {
        if (--frame.Copies == 0)
            _frames.Push(frame);
    }
}
