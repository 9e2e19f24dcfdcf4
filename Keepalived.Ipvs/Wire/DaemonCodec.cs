using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>The DAEMON attribute. Its port, unlike all others, is in host order.</summary>
internal static class DaemonCodec
{
    public static void Write(ref NetlinkMessageWriter writer, IpvsSyncDaemon daemon)
    {
        var nest = writer.BeginNested(CommandAttribute.Daemon);
        writer.WriteUInt32(DaemonAttribute.State, (uint)daemon.Role);
        writer.WriteString(DaemonAttribute.Interface, daemon.Interface);
        writer.WriteUInt32(DaemonAttribute.SyncId, (uint)daemon.SyncId);
        if (daemon.MaxLength != 0)
            writer.WriteUInt16(DaemonAttribute.MaxLength, (ushort)daemon.MaxLength);
        if (daemon.Port != 0)
            writer.WriteUInt16(DaemonAttribute.Port, daemon.Port);
        if (daemon.Ttl != 0)
            writer.WriteByte(DaemonAttribute.Ttl, daemon.Ttl);
        if (!daemon.Group.IsNone)
            writer.WriteAddress(daemon.Group.IsIPv6 ? DaemonAttribute.Group6 : DaemonAttribute.Group, daemon.Group);
        writer.EndNested(nest);
    }

    /// <summary>Which daemon to stop: the kernel wants the sync id too, and looks at the role only.</summary>
    public static void WriteRole(ref NetlinkMessageWriter writer, IpvsSyncRole role)
    {
        var nest = writer.BeginNested(CommandAttribute.Daemon);
        writer.WriteUInt32(DaemonAttribute.State, (uint)role);
        writer.WriteUInt32(DaemonAttribute.SyncId, 0);
        writer.EndNested(nest);
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out IpvsSyncDaemon? daemon)
    {
        daemon = null;
        if (message.Payload.Length < GenericNetlinkClient.HeaderLength)
            return NetlinkDecodeError.TruncatedPayload;
        if (message.Payload[0] != (byte)IpvsCommand.NewDaemon)
            return NetlinkDecodeError.WrongType;
        if (!message.Attributes(GenericNetlinkClient.HeaderLength).TryFind(CommandAttribute.Daemon, out var nest))
            return NetlinkDecodeError.MissingAttribute;
        uint role = 0, syncId = 0;
        ushort maxLength = 0, port = 0;
        byte ttl = 0;
        string? name = null;
        var group = InetAddress.None;
        var ok = true;
        var attributes = nest.Nested;
        while (attributes.TryRead(out var attribute))
        {
            switch (attribute.Type)
            {
                case DaemonAttribute.State:
                    ok &= attribute.TryGetUInt32(out role);
                    break;
                case DaemonAttribute.Interface:
                    name = attribute.GetString();
                    break;
                case DaemonAttribute.SyncId:
                    ok &= attribute.TryGetUInt32(out syncId) && syncId <= byte.MaxValue;
                    break;
                case DaemonAttribute.MaxLength:
                    ok &= attribute.TryGetUInt16(out maxLength);
                    break;
                case DaemonAttribute.Group or DaemonAttribute.Group6:
                    ok &= attribute.TryGetAddress(out group) && group.IsIPv6 == (attribute.Type == DaemonAttribute.Group6);
                    break;
                case DaemonAttribute.Port:
                    ok &= attribute.TryGetUInt16(out port);
                    break;
                case DaemonAttribute.Ttl:
                    ok &= attribute.TryGetByte(out ttl);
                    break;
            }
        }

        if (!ok || attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        if (role == 0 || name is null)
            return NetlinkDecodeError.MissingAttribute;
        daemon = new IpvsSyncDaemon
        {
            Role = (IpvsSyncRole)role,
            Interface = name,
            SyncId = (int)syncId,
            MaxLength = maxLength,
            Group = group,
            Port = port,
            Ttl = ttl,
        };
        return NetlinkDecodeError.None;
    }
}
