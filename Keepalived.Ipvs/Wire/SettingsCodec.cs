using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>What holds for the whole namespace: timeouts, version.</summary>
internal static class SettingsCodec
{
    public static void Write(ref NetlinkMessageWriter writer, IpvsTimeouts timeouts)
    {
        writer.WriteUInt32(CommandAttribute.TimeoutTcp, WireTime.ToSeconds(timeouts.Tcp));
        writer.WriteUInt32(CommandAttribute.TimeoutTcpFin, WireTime.ToSeconds(timeouts.TcpFin));
        writer.WriteUInt32(CommandAttribute.TimeoutUdp, WireTime.ToSeconds(timeouts.Udp));
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out IpvsTimeouts? timeouts)
    {
        timeouts = null;
        var error = Open(message, IpvsCommand.SetConfig, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        uint tcp = 0, tcpFin = 0, udp = 0;
        var ok = true;
        while (attributes.TryRead(out var attribute))
        {
            ok &= attribute.Type switch
            {
                CommandAttribute.TimeoutTcp => attribute.TryGetUInt32(out tcp),
                CommandAttribute.TimeoutTcpFin => attribute.TryGetUInt32(out tcpFin),
                CommandAttribute.TimeoutUdp => attribute.TryGetUInt32(out udp),
                _ => true,
            };
        }

        if (!ok || attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        timeouts = new IpvsTimeouts
        {
            Tcp = WireTime.FromSeconds(tcp),
            TcpFin = WireTime.FromSeconds(tcpFin),
            Udp = WireTime.FromSeconds(udp),
        };
        return NetlinkDecodeError.None;
    }

    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out IpvsInfo? info)
    {
        info = null;
        var error = Open(message, IpvsCommand.SetInfo, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        uint? version = null;
        uint size = 0;
        var ok = true;
        while (attributes.TryRead(out var attribute))
        {
            switch (attribute.Type)
            {
                case InfoAttribute.Version:
                    ok &= attribute.TryGetUInt32(out var number);
                    version = number;
                    break;
                case InfoAttribute.ConnectionTableSize:
                    ok &= attribute.TryGetUInt32(out size);
                    break;
            }
        }

        if (!ok || attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        if (version is not { } packed)
            return NetlinkDecodeError.MissingAttribute;
        info = new IpvsInfo(new Version((int)(packed >> 16 & 0xff), (int)(packed >> 8 & 0xff), (int)(packed & 0xff)), size);
        return NetlinkDecodeError.None;
    }

    private static NetlinkDecodeError Open(in NetlinkMessage message, IpvsCommand command, out NetlinkAttributeReader attributes)
    {
        attributes = message.Attributes(GenericNetlinkClient.HeaderLength);
        if (message.Payload.Length < GenericNetlinkClient.HeaderLength)
            return NetlinkDecodeError.TruncatedPayload;
        return message.Payload[0] == (byte)command ? NetlinkDecodeError.None : NetlinkDecodeError.WrongType;
    }
}
