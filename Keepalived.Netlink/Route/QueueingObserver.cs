using System.Threading.Channels;

namespace Keepalived.Netlink.Route;

/// <summary>Keeps events for a reader with its own pace.</summary>
internal sealed class QueueingObserver(int maxBacklog) : IRouteObserver
{
    private readonly Channel<NetworkEvent> _channel = Channel.CreateBounded<NetworkEvent>(
        new BoundedChannelOptions(maxBacklog) { SingleReader = true });

    public ChannelReader<NetworkEvent> Events => _channel.Reader;

    public void OnSnapshot(NetworkSnapshot snapshot) => OnEvent(snapshot);

    public void OnEvent(NetworkEvent networkEvent)
    {
        if (!_channel.Writer.TryWrite(networkEvent))
            _channel.Writer.TryComplete(new InvalidOperationException($"The reader fell behind by more than {maxBacklog} events."));
    }

    public void OnStopped(Exception? failure) => _channel.Writer.TryComplete(failure);
}
