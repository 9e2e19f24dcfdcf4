using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>Requests that go to the kernel together.</summary>
internal sealed class RequestGroup
{
    // As many as a netlink connection has under way at a time: more would only make the first ones wait for the last ones' answers.
    private const int Capacity = 128;

    public RouteBatch Batch { get; } = new();

    public List<ObjectRequest> Requests { get; } = [];

    public bool IsFull => Batch.Count >= Capacity;

    public bool IsEmpty => Requests.Count == 0;
}
