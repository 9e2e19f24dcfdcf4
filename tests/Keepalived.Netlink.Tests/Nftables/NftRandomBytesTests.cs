using CsCheck;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Nftables;

public sealed class NftRandomBytesTests
{
    private static readonly Gen<ushort> Types = Gen.UShort[0xa00, 0xa13];

    /// <summary>Bytes that look like attributes more often than not.</summary>
    private static readonly Gen<byte[]> Bodies = Gen.Select(Gen.Byte[0, 12], Gen.UShort[0, 20], Gen.UShort[0, 18], Gen.Byte.Array[0, 64])
        .Select((head, length, type, tail) => new byte[] { head, 0, 0, 0, (byte)length, 0, (byte)type, 0x80 }.Concat(tail).ToArray());

    [Test]
    public void AnyBytes_AreDecodedOrRefused_AndNeverThrow() => Gen.Select(Types, Bodies).Sample((type, body) =>
    {
        var bytes = new byte[NetlinkHeader.Size + body.Length];
        new NetlinkHeader((uint)bytes.Length, type, NetlinkMessageFlags.None, 1, 1).Write(bytes);
        body.CopyTo(bytes, NetlinkHeader.Size);
        NetlinkMessage.TryParse(bytes, out var message, out _);
        NftTable.TryParse(message, out _);
        NftChain.TryParse(message, out _);
        NftRule.TryParse(message, out _);
        NftSet.TryParse(message, out _);
        NftObject.TryParse(message, out _);
        NftElementList.TryParse(message, out _);
    });
}
