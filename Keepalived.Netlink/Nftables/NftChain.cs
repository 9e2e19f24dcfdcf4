using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>A chain of rules (enum nft_chain_attributes): a base chain at a hook, or one that rules jump to.</summary>
public sealed record NftChain
{
    private const ushort TableAttribute = 1;
    private const ushort HandleAttribute = 2;
    private const ushort NameAttribute = 3;
    private const ushort HookAttribute = 4;
    private const ushort PolicyAttribute = 5;
    private const ushort UseAttribute = 6;
    private const ushort TypeAttribute = 7;
    private const ushort UserDataAttribute = 12;
    private const ushort HookNumberAttribute = 1;
    private const ushort HookPriorityAttribute = 2;
    private const ushort HookDeviceAttribute = 3;
    private const ushort HookDevicesAttribute = 4;
    private const ushort DeviceNameAttribute = 1;

    /// <summary>A chain of a table.</summary>
    public NftChain(NftFamily family, string table, string name) =>
        (Family, Table, Name) = (family, NftName.Check(table), NftName.Check(name));

    /// <summary>The table's family.</summary>
    public NftFamily Family { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The name, unique in the table.</summary>
    public string Name { get; }

    /// <summary>Hook, priority and policy of a base chain; null for one that rules jump to.</summary>
    public NftBaseChain? Base { get; init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The kernel's number of it; 0 until it tells.</summary>
    public ulong Handle { get; init; }

    /// <summary>How many rules and jumps there are, as the kernel tells.</summary>
    public uint UseCount { get; init; }

    /// <summary>Decodes a message about a chain. Never throws.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out NftChain? chain)
    {
        chain = null;
        var error = NftHeader.TryRead(message, NftMessageType.NewChain, out var family, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        if (attributes.Text(TableAttribute) is not { Length: > 0 } table || attributes.Text(NameAttribute) is not { Length: > 0 } name)
            return NetlinkDecodeError.MissingAttribute;
        NftBaseChain? hook = null;
        if (attributes.TryFind(HookAttribute, out var nested))
        {
            var inner = new NftAttributes(nested.Nested);
            hook = new NftBaseChain((NftHook)inner.UInt32(HookNumberAttribute), (int)inner.UInt32(HookPriorityAttribute))
            {
                Type = attributes.Text(TypeAttribute) ?? "filter",
                DropsByPolicy = attributes.UInt32OrNull(PolicyAttribute) == (uint)NftVerdictCode.Drop,
                Devices = ReadDevices(inner),
            };
            if (inner.IsMalformed)
                return NetlinkDecodeError.MalformedAttribute;
        }

        var decoded = new NftChain(family, table, name)
        {
            Base = hook,
            UseCount = attributes.UInt32(UseAttribute),
            Handle = attributes.UInt64(HandleAttribute),
            Comment = attributes.Comment(UserDataAttribute, NftUserData.Comment),
        };
        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        chain = decoded;
        return NetlinkDecodeError.None;
    }

    /// <summary>As nft writes it.</summary>
    public override string ToString() => $"{NftName.Of(Family)} {Table} {Name}";

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeIdentity(ref writer);
        NftUserData.WriteComment(ref writer, UserDataAttribute, NftUserData.Comment, Comment);
        if (Base is not { } hook)
            return;
        var nest = writer.BeginNested(HookAttribute);
        writer.WriteUInt32BigEndian(HookNumberAttribute, (uint)hook.Hook);
        writer.WriteUInt32BigEndian(HookPriorityAttribute, (uint)hook.Priority);
        if (hook.Devices.Count == 1)
        {
            writer.WriteString(HookDeviceAttribute, hook.Devices[0]);
        }
        else if (hook.Devices.Count > 1)
        {
            var devices = writer.BeginNested(HookDevicesAttribute);
            foreach (var device in hook.Devices)
                writer.WriteString(DeviceNameAttribute, device);
            writer.EndNested(devices);
        }

        writer.EndNested(nest);
        writer.WriteUInt32BigEndian(PolicyAttribute, (uint)(hook.DropsByPolicy ? NftVerdictCode.Drop : NftVerdictCode.Accept));
        writer.WriteString(TypeAttribute, hook.Type);
    }

    internal void EncodeIdentity(ref NetlinkMessageWriter writer)
    {
        NftHeader.Write(ref writer, Family);
        writer.WriteString(TableAttribute, Table);
        writer.WriteString(NameAttribute, Name);
    }

    private static ValueList<string> ReadDevices(NftAttributes hook)
    {
        if (hook.TryFind(HookDevicesAttribute, out var list))
        {
            List<string> devices = [];
            foreach (var device in list.Nested)
                devices.Add(device.GetString());
            return [.. devices];
        }

        return hook.Text(HookDeviceAttribute) is { } only ? [only] : [];
    }
}
