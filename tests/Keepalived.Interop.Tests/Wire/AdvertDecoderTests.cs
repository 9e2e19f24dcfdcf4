namespace Keepalived.Interop.Tests.Wire;

/// <summary>The judge of the scenarios is itself judged: a wire check that objects to nothing would prove nothing.</summary>
internal sealed class AdvertDecoderTests
{
    [Test]
    public void WellFormedAdverts_HaveNoDefect()
    {
        byte[][] frames =
        [
            AdvertBuilder.Version2(priority: 100, seconds: 1, ["10.90.0.100", "10.90.0.101"]),
            AdvertBuilder.Version2(priority: 100, seconds: 1, ["10.90.0.100"], password: "secret"),
            AdvertBuilder.Version3(priority: 100, centiseconds: 10, ["10.90.0.100"]),
        ];
        Assert.That(frames.SelectMany(Defects), Is.Empty);
    }

    [Test]
    public void CapturedAdvert_IsDecoded()
    {
        // Sent by keepalived 2.2.7: VRID 51, priority 200, 1 s, 10.90.0.100, from 10.90.0.1.
        var frame = Convert.FromHexString(
            "01005e000012020000000001080045c0002000010000ff70d03f0a5a0001e0000012" +
            "3133c801006410bf0a5a0064");
        var advert = FrameDecoder.Decode(0, "a", frame).Advert!;
        Assert.That(advert.Defects, Is.Empty);
        Assert.That((advert.VirtualRouterId, advert.Priority, advert.Interval.TotalSeconds), Is.EqualTo((51, 200, 1.0)));
        Assert.That(advert.Addresses.Single().ToString(), Is.EqualTo("10.90.0.100"));
    }

    [Test]
    public void EveryFlippedBit_IsADefect()
    {
        var good = AdvertBuilder.Version2(priority: 100, seconds: 1, ["10.90.0.100"], password: "secret");
        var message = 14 + 20;
        for (var bit = 8 * message; bit < 8 * good.Length; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            Assert.That(Defects(bad), Is.Not.Empty, $"bit {bit - (8 * message)} of the message");
        }
    }

    [Test]
    public void EveryTruncation_IsADefect()
    {
        var good = AdvertBuilder.Version3(priority: 100, centiseconds: 10, ["10.90.0.100"]);
        for (var length = 14 + 20; length < good.Length; length++)
            Assert.That(Defects(good[..length]), Is.Not.Empty, $"{length} bytes");
    }

    private static IReadOnlyList<string> Defects(byte[] frame) => FrameDecoder.Decode(0, "a", frame).Advert!.Defects;
}
