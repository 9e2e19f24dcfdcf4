namespace Keepalived.Vrrp.Transport;

/// <summary>Changes of the kernel that a keeper asks for at once. They lie in a group, perhaps with those of others.</summary>
/// <param name="keeper">Who is told what became of them.</param>
/// <param name="number">Its number among the requests of the keeper.</param>
/// <param name="purpose">What it is for.</param>
/// <param name="group">What it is sent with.</param>
internal sealed class ObjectRequest(ObjectKeeper keeper, int number, RequestPurpose purpose, RequestGroup group)
{
    private readonly List<(KeptObject Kept, bool IsRemoval, int Index)> _changes = [];

    public ObjectKeeper Keeper { get; } = keeper;

    public int Number { get; } = number;

    public RequestPurpose Purpose { get; } = purpose;

    public RequestGroup Group { get; } = group;

    public int Count => _changes.Count;

    /// <summary>A change, and where in the batch of the group it is.</summary>
    public (KeptObject Kept, bool IsRemoval, int Index) this[int index] => _changes[index];

    public void Add(KeptObject kept)
    {
        _changes.Add((kept, false, Group.Batch.Count));
        kept.Add(Group.Batch);
    }

    public void Remove(KeptObject kept)
    {
        _changes.Add((kept, true, Group.Batch.Count));
        kept.Delete(Group.Batch);
    }
}
