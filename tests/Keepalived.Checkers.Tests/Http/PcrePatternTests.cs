using System.Text;
using Keepalived.Checkers.Http;

namespace Keepalived.Checkers.Tests.Http;

/// <summary>Patterns as PCRE2 reads them.</summary>
public sealed class PcrePatternTests
{
    [TestCase("^HTTP/1\\.[01] 200", "HTTP/1.1 200 OK", true)]
    [TestCase("[[:alpha:]]+[[:digit:]]{2,}", "abc12", true)]
    [TestCase("^[[:alpha:]]+$", "abc1", false)]
    [TestCase("^[^[:space:]]+$", "no blank", false)]
    [TestCase("^[[:^digit:]]+$", "abc", true)]
    [TestCase("^[]a]+$", "]a", true)]
    [TestCase("^[\\w.-]+$", "host-1.example", true)]
    [TestCase("^\\w+$", "é", false, Description = "\\w is ASCII")]
    [TestCase("caf\u00e9", "un café", true, Description = "bytes of UTF-8 in pattern and text")]
    [TestCase("\\Qa.b*\\E", "a.b*", true)]
    [TestCase("\\Qa.b*\\E", "axbb", false)]
    [TestCase("a\\hb", "a\tb", true)]
    [TestCase("one\\Rtwo", "one\r\ntwo", true)]
    [TestCase("^a++b", "aaab", true)]
    [TestCase("^a++ab", "aaab", false)]
    [TestCase("^(?:ab)*+ab", "abab", false)]
    [TestCase("(?P<x>\\d)-(?P=x)", "7-7", true)]
    [TestCase("(?P<x>\\d)-(?P=x)", "7-8", false)]
    [TestCase("(\\d)-\\g1", "7-7", true)]
    [TestCase("\\x41\\x{42}\\o{103}", "ABC", true)]
    [TestCase("a{,3}", "a{,3}", true, Description = "no quantifier")]
    [TestCase("}{", "}{", true)]
    [TestCase("(?i)ready", "READY", true)]
    [TestCase("a(?#what is this)b", "ab", true)]
    [TestCase("(?<=x)y", "xy", true)]
    [TestCase("(?!x)y", "y", true)]
    public void Translate_Pattern_MatchesAsInPcre(string pattern, string text, bool expected) =>
        Assert.That(Matches(pattern, text), Is.EqualTo(expected));

    [TestCase("caseless", "READY", "ready", true)]
    [TestCase("dotall", "a.b", "a\nb", true)]
    [TestCase("", "a.b", "a\nb", false)]
    [TestCase("multiline", "^b", "a\nb", true)]
    [TestCase("extended", "a b # comment with [ and (\n c", "abc", true)]
    [TestCase("dollar_endonly", "a$", "a\n", false)]
    [TestCase("", "a$", "a\n", true)]
    [TestCase("utf ucp no_start_optimize", "a", "a", true)]
    public void Translate_Options_MeanTheSame(string options, string pattern, string text, bool expected) =>
        Assert.That(Matches(pattern, text, options.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(expected));

    [Test]
    public void Translate_Ungreedy_SwapsGreed()
    {
        var pattern = PcrePattern.Translate("a+b+?c{2}", ["ungreedy"], out _);
        Assert.That(pattern, Is.EqualTo("a+?b+c{2}?"));
    }

    [TestCase("(?R)")]
    [TestCase("(?1)")]
    [TestCase("(?|a|b)")]
    [TestCase("(*COMMIT)a")]
    [TestCase("a\\Kb")]
    [TestCase("[[:nothing:]]")]
    [TestCase("[a")]
    [TestCase("[z-a]")]
    [TestCase("a\\")]
    [TestCase("\\x{100}")]
    [TestCase("(")]
    [TestCase("*a")]
    public void Translate_WhatCannotBeSaid_IsRefused(string pattern) =>
        Assert.That(() => Matches(pattern, "a"), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Translate_UnknownOption_IsRefused() =>
        Assert.That(() => PcrePattern.Translate("a", ["firstline"], out _), Throws.ArgumentException.With.Message.Contains("firstline"));

    private static bool Matches(string pattern, string text, params string[] words) =>
        new HttpBodyRegex(PcrePattern.Translate(pattern, words, out var options), options).Judge(Encoding.UTF8.GetBytes(text)).IsSuccess;
}
