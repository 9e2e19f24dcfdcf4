using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Bfd.Transport;

/// <summary>Which index the interface with a name has and which address, as the kernel tells it; tells whenever that may have changed. Lives on the loop.</summary>
internal sealed class LinkTable(Action changed, Action<Exception> failed) : IRouteObserver
{
    private readonly Dictionary<int, Link> _links = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the table is filled.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The index of the interface with this name; 0 if there is none.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name);

    /// <summary>The name of the interface with this index; <see langword="null"/> if there is none.</summary>
    public string? NameOf(int index) => _links.GetValueOrDefault(index)?.Name;

    /// <summary>The link-layer address of the interface with this index; none if there is no such interface.</summary>
    public LinkLayerAddress AddressOf(int index) => _links.GetValueOrDefault(index)?.Address ?? default;

    public void OnSnapshot(NetworkSnapshot snapshot)
    {
        foreach (var link in snapshot.Links)
            Set(link);
        _ready.TrySetResult();
    }

    public void OnEvent(NetworkEvent networkEvent)
    {
        if (networkEvent is not LinkEvent { Link: var link, Change: var change })
            return;
        if (change == NetworkChange.Removed)
            Remove(link.Index);
        else
            Set(link);
        changed();
    }

    public void OnStopped(Exception? failure)
    {
        if (failure is not null && !_ready.TrySetException(failure))
            failed(failure);
    }

    private void Set(Link link)
    {
        Remove(link.Index);
        _links[link.Index] = link;
        _indexes[link.Name] = link.Index;
    }

    private void Remove(int index)
    {
        // Another interface may bear the name by now.
        if (_links.Remove(index, out var link) && _indexes.GetValueOrDefault(link.Name) == index)
            _indexes.Remove(link.Name);
    }
}
