using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Logs a packet, to the kernel's log or to a program that listens to a group (<c>log</c>).</summary>
public sealed record LogExpression : NftExpression
{
    internal const string KernelName = "log";

    private const ushort GroupAttribute = 1;
    private const ushort PrefixAttribute = 2;
    private const ushort SnapshotLengthAttribute = 3;
    private const ushort QueueThresholdAttribute = 4;
    private const ushort LevelAttribute = 5;
    private const ushort FlagsAttribute = 6;

    /// <summary>What each line begins with, up to 127 bytes.</summary>
    public string? Prefix { get; init; }

    /// <summary>The group of programs to tell (nflog); null for the kernel's log.</summary>
    public ushort? Group { get; init; }

    /// <summary>To a group: how many bytes of each packet; 0 for all.</summary>
    public uint SnapshotLength { get; init; }

    /// <summary>To a group: how many packets are told at once.</summary>
    public ushort QueueThreshold { get; init; }

    /// <summary>To the kernel's log: the level, 0 for emergency to 7 for debug; 4, warning, by default.</summary>
    public uint? Level { get; init; }

    /// <summary>To the kernel's log: what to add (NF_LOG_*).</summary>
    public uint Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"log prefix \"{Prefix}\"";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        if (Prefix is not null)
            writer.WriteString(PrefixAttribute, Prefix);
        if (Group is { } group)
        {
            writer.WriteUInt16BigEndian(GroupAttribute, group);
            if (SnapshotLength != 0)
                writer.WriteUInt32BigEndian(SnapshotLengthAttribute, SnapshotLength);
            if (QueueThreshold != 0)
                writer.WriteUInt16BigEndian(QueueThresholdAttribute, QueueThreshold);
            return;
        }

        if (Level is { } level)
            writer.WriteUInt32BigEndian(LevelAttribute, level);
        if (Flags != 0)
            writer.WriteUInt32BigEndian(FlagsAttribute, Flags);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new LogExpression
    {
        Prefix = attributes.Text(PrefixAttribute),
        Group = attributes.Has(GroupAttribute) ? attributes.UInt16(GroupAttribute) : null,
        SnapshotLength = attributes.UInt32(SnapshotLengthAttribute),
        QueueThreshold = attributes.UInt16(QueueThresholdAttribute),
        Level = attributes.UInt32OrNull(LevelAttribute),
        Flags = attributes.UInt32(FlagsAttribute),
    };
}
