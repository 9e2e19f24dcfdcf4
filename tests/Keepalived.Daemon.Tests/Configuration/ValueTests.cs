using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class ValueTests
{
    [TestCase("1", 1.0)]
    [TestCase("0.5", 0.5)]
    [TestCase(".5", 0.5)]
    [TestCase("1.", 1.0)]
    [TestCase("+1", 1.0)]
    [TestCase("0.000001", 0.000001)]
    [TestCase("4294.967295", 4294.967295)]
    [TestCase("0.0000015", 0.000002, Description = "rounded, and reported")]
    public void Decimal_OfAText_IsItsDuration(string text, double seconds) =>
        Assert.That(Load.Text($"global_defs {{\nvrrp_garp_interval {text}\n}}").Configuration.Global.Vrrp.GarpInterval,
            Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1e3")]
    [TestCase("inf")]
    [TestCase("1.2.3")]
    [TestCase(".")]
    [TestCase("4294.967296")]
    public void Decimal_OfAWrongText_IsRefused(string text)
    {
        var result = Load.Text($"global_defs {{\nvrrp_garp_interval {text}\n}}");
        Assert.That((result.TestExitCode, result.Configuration.Global.Vrrp.GarpInterval), Is.EqualTo((5, TimeSpan.Zero)));
    }

    [TestCase("12", 12, 2)]
    [TestCase("-7x", -7, 2)]
    [TestCase("x", 0, 0)]
    [TestCase("+", 0, 0)]
    [TestCase("010", 10, 3)]
    public void Integer_IsReadAsFarAsItGoes(string text, long value, int used)
    {
        Assert.That(Integers.Parse(text, out var length, out var overflow), Is.EqualTo(value));
        Assert.That((length, overflow), Is.EqualTo((used, false)));
    }

    [Test]
    public void Integer_OfManyDigits_Overflows()
    {
        Integers.Parse("99999999999999999999", out _, out var overflow);
        Assert.That(overflow);
    }

    [TestCase("0x1f", 31)]
    [TestCase("017", 15)]
    [TestCase("-0x1", -1)]
    [TestCase("0", 0)]
    public void Integer_InAnyBase_IsRead(string text, long value)
    {
        Assert.That(Integers.TryParseAnyBase(text, out var number));
        Assert.That(number, Is.EqualTo(value));
    }

    [TestCase("")]
    [TestCase("08")]
    [TestCase("0x")]
    [TestCase("1 ")]
    public void Integer_InNoBase_IsRefused(string text) => Assert.That(Integers.TryParseAnyBase(text, out _), Is.False);

    [TestCase("a b", "a|b")]
    [TestCase("ab\"c d\"e", "ab|c d|e")]
    [TestCase("a \"\" b", "a||b")]
    [TestCase("a \"b", "a")]
    [TestCase(" 'a b' ", "'a|b'")]
    [TestCase("a\tb\vc", "a|b|c")]
    public void Words_OfALine_AreSplitAtBlanksAndQuotes(string line, string words)
    {
        var list = new List<string>();
        for (var at = 0; WordSplitter.TryNext(line, ref at, out var start, out var length);)
            list.Add(line.Substring(start, length));
        Assert.That(string.Join('|', list), Is.EqualTo(words));
    }

    [TestCase("priority", "priorty", 1)]
    [TestCase("abc", "acb", 1)]
    [TestCase("abc", "ABC", 0)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("", "abc", 3)]
    public void Distance_BetweenWords_CountsEdits(string a, string b, int distance)
    {
        Assert.That(Suggestions.Distance(a, b), Is.EqualTo(distance));
        Assert.That(Suggestions.Distance(b, a), Is.EqualTo(distance));
    }
}
