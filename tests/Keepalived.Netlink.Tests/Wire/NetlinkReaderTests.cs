using CsCheck;
using Keepalived.Netlink.Route;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Wire;

public sealed class NetlinkReaderTests
{
    [Test]
    public void RandomBytes_NeverThrow() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        Walk(bytes);
        return true;
    });

    [Test]
    public void RandomPayloads_OfEveryType_NeverThrow() =>
        Gen.Select(Gen.UShort[16, 40], Gen.Byte[0, 11], Gen.Byte.Array[0, 200]).Sample(input =>
    {
        var (type, family, payload) = input;
        var bytes = new byte[NetlinkHeader.Size + payload.Length];
        new NetlinkHeader((uint)bytes.Length, type, NetlinkMessageFlags.None, 1, 2).Write(bytes);
        payload.CopyTo(bytes.AsSpan(NetlinkHeader.Size));
        if (payload.Length > 0)
            bytes[NetlinkHeader.Size] = family;
        Walk(bytes);
        return true;
    });

    [Test]
    public void LastMessage_WithoutPadding_IsRead()
    {
        var bytes = new byte[NetlinkHeader.Size + 5];
        new NetlinkHeader((uint)bytes.Length, 20, NetlinkMessageFlags.None, 0, 0).Write(bytes);
        var reader = new NetlinkMessageReader(bytes);
        Assert.That(reader.TryRead(out var message));
        Assert.That(message.Payload.Length, Is.EqualTo(5));
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.Error, Is.EqualTo(NetlinkDecodeError.None));
    }

    [TestCase(15u, NetlinkDecodeError.BadLength)]
    [TestCase(0u, NetlinkDecodeError.BadLength)]
    [TestCase(17u, NetlinkDecodeError.BadLength)]
    [TestCase(uint.MaxValue, NetlinkDecodeError.BadLength)]
    public void Message_WithABadLength_IsAnError(uint length, NetlinkDecodeError expected)
    {
        var bytes = new byte[NetlinkHeader.Size];
        new NetlinkHeader(length, 20, NetlinkMessageFlags.None, 0, 0).Write(bytes);
        Assert.That(NetlinkMessage.TryParse(bytes, out _, out _), Is.EqualTo(expected));
    }

    [Test]
    public void Attributes_WithALastOneUnpadded_AreRead()
    {
        var reader = new NetlinkAttributeReader([5, 0, 1, 0, 42]);
        Assert.That(reader.TryRead(out var attribute));
        Assert.That(attribute.TryGetByte(out var value) && value == 42);
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.IsMalformed, Is.False);
    }

    [TestCase(new byte[] { 3, 0, 1, 0 })]
    [TestCase(new byte[] { 9, 0, 1, 0, 1, 2, 3, 4 })]
    [TestCase(new byte[] { 0, 0, 0, 0 })]
    public void Attribute_WithABadLength_EndsTheWalk(byte[] bytes)
    {
        var reader = new NetlinkAttributeReader(bytes);
        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.IsMalformed);
    }

    [Test]
    public void NetworkOrderFlag_IsHonouredAndNotPartOfTheType()
    {
        var reader = new NetlinkAttributeReader([8, 0, 2, 0x40, 0, 0, 1, 2]);
        Assert.That(reader.TryRead(out var attribute));
        Assert.That(attribute.Type, Is.EqualTo(2));
        Assert.That(attribute.TryGetUInt32(out var value) && value == 0x102);
    }

    [Test]
    public void Dump_Walked_AllocatesNothing()
    {
        var bytes = Dump(200);
        Walk(bytes.AsSpan(), decode: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Walk(bytes.AsSpan(), decode: false);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(count, Is.EqualTo(200 * 4));
    }

    private static byte[] Dump(int count)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        for (var i = 0; i < count; i++)
        {
            var writer = new NetlinkMessageWriter(output, RouteMessageType.NewAddress, NetlinkMessageFlags.Multi);
            (Address.Create(1, InetPrefix.Host(InetAddress.FromIPv4((uint)i))) with { Label = "eth0", Flags = AddressFlags.Permanent }).Encode(ref writer);
            writer.Complete();
        }

        return output.WrittenSpan.ToArray();
    }

    private static int Walk(ReadOnlySpan<byte> bytes, bool decode = true)
    {
        var count = 0;
        var reader = new NetlinkMessageReader(bytes);
        while (reader.TryRead(out var message))
        {
            foreach (var attribute in message.Attributes(Address.FixedLength))
                count += attribute.TryGetUInt32(out _) || attribute.StringBytes.Length >= 0 ? 1 : 0;
            if (!decode)
                continue;
            Link.TryParse(message, out _);
            Address.TryParse(message, out _);
            Netlink.Route.Route.TryParse(message, out _);
            Rule.TryParse(message, out _);
            Neighbour.TryParse(message, out _);
        }

        return count;
    }
}
