namespace Keepalived.Netlink.Wire;

/// <summary>
/// An attribute that is being filled with others: what <see cref="NetlinkMessageWriter.BeginNested"/> gives and
/// <see cref="NetlinkMessageWriter.EndNested"/> closes.
/// </summary>
public readonly record struct NetlinkNest
{
    internal NetlinkNest(int offset, int depth)
    {
        Offset = offset;
        Depth = depth;
    }

    internal int Offset { get; }

    internal int Depth { get; }
}
