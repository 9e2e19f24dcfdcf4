using System.Buffers;
using System.Text;
using CsCheck;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Wire;

public sealed class NetlinkMessageWriterTests
{
    [Test]
    public void Message_WithNesting_IsWhatTheKernelExpects()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new NetlinkMessageWriter(output, 16, NetlinkMessageFlags.Request | NetlinkMessageFlags.Acknowledge, 7);
        writer.WriteFixedHeader(16)[4] = 9;
        writer.WriteString(3, "abc");
        var outer = writer.BeginNested(18);
        writer.WriteString(1, "veth");
        var inner = writer.BeginNested(2, flagged: false);
        writer.WriteUInt16BigEndian(5, 0x1234);
        writer.EndNested(inner);
        writer.EndNested(outer);
        Assert.That(writer.Complete(), Is.EqualTo(68));
        // Built by hand after struct nlmsghdr, struct ifinfomsg and struct nlattr on a little-endian machine.
        Assert.That(Convert.ToHexString(output.WrittenSpan), Is.EqualTo(
            "44000000" + "1000" + "0500" + "07000000" + "00000000"
            + "00000000" + "09000000" + "00000000" + "00000000"
            + "0800" + "0300" + "61626300"
            + "1C00" + "1280"
            + "0900" + "0100" + "7665746800" + "000000"
            + "0C00" + "0200" + "0600" + "0500" + "1234" + "0000"));
    }

    [Test]
    public void NestedAttributes_ClosedInTheWrongOrder_AreRefused()
    {
        Assert.That(
            () =>
            {
                var writer = new NetlinkMessageWriter(new ArrayBufferWriter<byte>(), 16, NetlinkMessageFlags.None);
                var outer = writer.BeginNested(1);
                writer.BeginNested(2);
                writer.EndNested(outer);
            },
            Throws.InvalidOperationException);
    }

    [Test]
    public void Span_TooShort_IsRefused()
    {
        Assert.That(
            () =>
            {
                var writer = new NetlinkMessageWriter(new byte[20], 16, NetlinkMessageFlags.None);
                writer.WriteUInt64(1, 1);
            },
            Throws.InvalidOperationException);
    }

    [Test]
    public void Attributes_WrittenAndRead_AreTheSame() =>
        Gen.Select(Gen.UShort[1, 0x3fff], Gen.Byte.Array[0, 2000]).Array[0, 40].Sample(attributes =>
    {
        var output = new ArrayBufferWriter<byte>(16);
        var writer = new NetlinkMessageWriter(output, 99, NetlinkMessageFlags.Request, 5, 6);
        foreach (var (type, value) in attributes)
            writer.WriteBytes(type, value);
        writer.Complete();
        var error = NetlinkMessage.TryParse(output.WrittenSpan, out var message, out var consumed);
        if (error != NetlinkDecodeError.None || consumed != output.WrittenCount || message.Header.Sequence != 5
            || message.Header.PortId != 6)
            return false;
        var reader = message.Attributes(0);
        foreach (var (type, value) in attributes)
        {
            if (!reader.TryRead(out var attribute) || attribute.Type != type || !attribute.Value.SequenceEqual(value))
                return false;
        }

        return !reader.TryRead(out _) && !reader.IsMalformed;
    });

    [Test]
    public void Strings_AreZeroTerminatedUtf8() => Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 200].Sample(text =>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new NetlinkMessageWriter(output, 99, NetlinkMessageFlags.None);
        writer.WriteString(1, text);
        writer.Complete();
        NetlinkMessage.TryParse(output.WrittenSpan, out var message, out _);
        var attributes = message.Attributes(0);
        return attributes.TryRead(out var attribute) && attribute.GetString() == text && attribute.Value[^1] == 0
            && attribute.Value.Length == Encoding.UTF8.GetByteCount(text) + 1;
    });
}
