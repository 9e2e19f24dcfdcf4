using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>use_vmac</c>: a name, a MAC address of six bytes or five, and options.</summary>
internal sealed class VmacSyntax : ValueSyntax<VmacConfiguration>
{
    public override string Description => "[[name] INTERFACE] [MAC] [netlink_notify_msg] [group GROUP]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, VmacConfiguration? previous, out VmacConfiguration value)
    {
        value = new VmacConfiguration();
        for (var word = 1; word < reader.Count; word++)
        {
            switch (reader[word])
            {
                case "netlink_notify_msg":
                    value = value with { NotifyLink = true };
                    break;
                case "group" when word + 1 < reader.Count:
                    value = value with { Group = InterfaceGroup.Read(reader, ++word) };
                    break;
                case "name" when word + 1 < reader.Count:
                    value = value with { Name = VirtualInterfaceName.Read(reader, ++word, value.Name) };
                    break;
                default:
                    value = reader[word].Contains(':')
                        ? ReadAddress(reader, word, value)
                        : value with { Name = VirtualInterfaceName.Read(reader, word, value.Name) };
                    break;
            }
        }

        return true;
    }

    private static VmacConfiguration ReadAddress(ValueReader reader, int word, VmacConfiguration value)
    {
        const int bytes = 6;
        if (LinkLayerAddress.TryParse(reader[word], out var address) && address.Length is bytes or bytes - 1 && (address.Bytes[0] & 1) == 0
            && !address.Bytes.StartsWith<byte>([0x00, 0x00, 0x5e, 0x00]))
            return value with { Address = address };
        reader.Invalid(word, $"'{reader.Text(word)}' is no MAC address that a router may have; that of the RFC is used",
            "five or six bytes, unicast");
        return value;
    }
}
