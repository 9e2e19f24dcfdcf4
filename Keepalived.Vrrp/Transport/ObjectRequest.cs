using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>Changes that go to the kernel together.</summary>
/// <param name="number">Its number among the requests of a keeper.</param>
/// <param name="purpose">What it is for.</param>
internal sealed class ObjectRequest(int number, RequestPurpose purpose)
{
    private readonly List<(KeptObject Kept, bool IsRemoval)> _changes = [];

    public int Number { get; } = number;

    public RequestPurpose Purpose { get; } = purpose;

    public RouteBatch Batch { get; } = new();

    public int Count => _changes.Count;

    public (KeptObject Kept, bool IsRemoval) this[int index] => _changes[index];

    public void Add(KeptObject kept)
    {
        _changes.Add((kept, false));
        kept.Add(Batch);
    }

    public void Remove(KeptObject kept)
    {
        _changes.Add((kept, true));
        kept.Delete(Batch);
    }
}
