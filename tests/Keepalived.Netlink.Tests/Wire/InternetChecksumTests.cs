using System.Buffers.Binary;
using CsCheck;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Wire;

public sealed class InternetChecksumTests
{
    [Test]
    public void Sum_ExampleOfRfc1071_IsDdf2() =>
        Assert.That(InternetChecksum.Sum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]), Is.EqualTo(0xddf2));

    [Test]
    public void Compute_NoData_IsAllOnes() => Assert.That(InternetChecksum.Compute([]), Is.EqualTo(0xffff));

    [Test]
    public void Sum_AnyData_EqualsTheSimpleLoop() =>
        Gen.Byte.Array[0, 600].Sample(static data => InternetChecksum.Finish(InternetChecksum.Sum(data)) == Simple(data));

    [Test]
    public void Sum_AllOnes_DoesNotOverflow()
    {
        var data = new byte[65_535];
        data.AsSpan().Fill(0xff);
        Assert.That(InternetChecksum.Compute(data), Is.EqualTo(Simple(data)));
    }

    [Test]
    public void IsValid_DataWithItsChecksum_IsTrue() => Gen.Byte.Array[2, 300].Sample(static data =>
    {
        data[0] = data[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(data, InternetChecksum.Compute(data));
        return InternetChecksum.IsValid(data);
    });

    [Test]
    public void Update_AnyWordChanged_EqualsRecomputation() =>
        Gen.Select(Gen.Byte.Array[4, 64], Gen.UShort, Gen.Int[0, 30]).Sample(static (data, word, at) =>
        {
            // A message whose words are all zero does not occur: its first byte is the version.
            data[0] = 0x31;
            data = data.Length % 2 == 0 ? data : data[..^1];
            var offset = 2 + (at * 2 % (data.Length - 2));
            var before = InternetChecksum.Compute(data);
            var old = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(offset));
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(offset), word);
            return InternetChecksum.Update(before, old, word) == InternetChecksum.Compute(data);
        });

    [Test]
    public void SumPseudoHeader_IPv6_EqualsTheHeaderOfRfc8200()
    {
        var source = InetAddress.Parse("fe80::1");
        var destination = InetAddress.Parse("ff02::12");
        var header = new byte[40];
        source.WriteTo(header);
        destination.WriteTo(header.AsSpan(16));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(32), 40);
        header[39] = 112;

        Assert.That(InternetChecksum.Finish(InternetChecksum.SumPseudoHeader(source, destination, 112, 40)), Is.EqualTo(Simple(header)));
    }

    private static ushort Simple(ReadOnlySpan<byte> data)
    {
        var sum = 0u;
        for (var i = 0; i < data.Length; i += 2)
        {
            sum += (uint)(data[i] << 8) | (i + 1 < data.Length ? data[i + 1] : 0u);
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
