using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Uses a named object (<c>objref</c>): the one named, or the one that a map of objects has for a key.</summary>
public sealed record ObjectReferenceExpression : NftExpression
{
    internal const string KernelName = "objref";

    private const ushort TypeAttribute = 1;
    private const ushort NameAttribute = 2;
    private const ushort SourceAttribute = 3;
    private const ushort SetAttribute = 4;
    private const ushort SetIdAttribute = 5;

    /// <summary>The object of a kind and name.</summary>
    public ObjectReferenceExpression(NftObjectType type, string objectName) => (Type, ObjectName) = (type, objectName);

    /// <summary>What a map of objects has for the key in a register.</summary>
    public ObjectReferenceExpression(string map, uint keyRegister) => (Map, KeyRegister) = (map, keyRegister);

    /// <summary>The kind of the object that is named.</summary>
    public NftObjectType? Type { get; }

    /// <summary>The name of the object.</summary>
    public string? ObjectName { get; }

    /// <summary>The map of objects.</summary>
    public string? Map { get; }

    /// <summary>The register with the key.</summary>
    public uint? KeyRegister { get; }

    /// <summary>The <see cref="NftSet.Id"/> of an anonymous map made in the same transaction. The kernel does not tell it.</summary>
    public uint MapId { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => Map is null ? $"{Type} name {ObjectName}" : $"objref reg {KeyRegister} @{Map}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        if (Map is null)
        {
            writer.WriteUInt32BigEndian(TypeAttribute, (uint)Type!.Value);
            writer.WriteString(NameAttribute, ObjectName!);
            return;
        }

        writer.WriteUInt32BigEndian(SourceAttribute, KeyRegister!.Value);
        writer.WriteString(SetAttribute, Map);
        if (MapId != 0)
            writer.WriteUInt32BigEndian(SetIdAttribute, MapId);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => attributes.Text(SetAttribute) is { } map
        ? new ObjectReferenceExpression(map, attributes.UInt32(SourceAttribute))
        : new ObjectReferenceExpression((NftObjectType)attributes.UInt32(TypeAttribute), attributes.Text(NameAttribute) ?? string.Empty);
}
