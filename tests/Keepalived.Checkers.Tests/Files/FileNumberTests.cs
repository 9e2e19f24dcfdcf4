using System.Text;
using Keepalived.Checkers.Files;

namespace Keepalived.Checkers.Tests.Files;

/// <summary>The number in a tracked file.</summary>
public sealed class FileNumberTests
{
    [TestCase("", 0)]
    [TestCase("nothing", 0)]
    [TestCase("42\n", 42)]
    [TestCase("  -17 and more", -17)]
    [TestCase("+5", 5)]
    [TestCase("0x1F", 31)]
    [TestCase("-0X10", -16)]
    [TestCase("0x", 0)]
    [TestCase("017", 15)]
    [TestCase("08", 0)]
    [TestCase("12abc", 12)]
    [TestCase("2147483647", int.MaxValue)]
    [TestCase("-2147483648", int.MinValue)]
    public void TryParse_Number_IsRead(string text, int expected)
    {
        Assert.That(FileNumber.TryParse(Encoding.ASCII.GetBytes(text), out var number), Is.True);
        Assert.That(number, Is.EqualTo(expected));
    }

    [TestCase("2147483648")]
    [TestCase("-2147483649")]
    [TestCase("99999999999999999999999999999999999999999999")]
    [TestCase("0xffffffff")]
    public void TryParse_BeyondThirtyTwoBits_IsRefused(string text) =>
        Assert.That(FileNumber.TryParse(Encoding.ASCII.GetBytes(text), out _), Is.False);

    [Test]
    public void TryParse_MoreThanCounts_IsCutOff()
    {
        var text = Encoding.ASCII.GetBytes(new string(' ', 126) + "12");
        Assert.That(FileNumber.TryParse(text, out var number), Is.True);
        Assert.That(number, Is.EqualTo(1));
    }
}
