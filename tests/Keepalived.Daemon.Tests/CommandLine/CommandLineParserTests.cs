using Keepalived.Daemon.CommandLine;

namespace Keepalived.Daemon.Tests.CommandLine;

public sealed class CommandLineParserTests
{
    private static CommandLineResult Parse(string line) =>
        CommandLineParser.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Test]
    public void Parse_NoArguments_GivesDefaults()
    {
        var result = Parse("");

        Assert.That(result.ExitCode, Is.Null);
        Assert.That(result.Options, Is.EqualTo(new CommandLineOptions()));
        Assert.That(result.Options.ConfigurationFile, Is.EqualTo("/etc/keepalived/keepalived.conf"));
    }

    [TestCase("-f a.conf")]
    [TestCase("-fa.conf")]
    [TestCase("-nfa.conf")]
    [TestCase("--use-file a.conf")]
    [TestCase("--use-file=a.conf")]
    [TestCase("--use a.conf")]
    [TestCase("--us=a.conf")]
    [TestCase("word -f a.conf")]
    public void Parse_FileInAnyForm_IsTaken(string line) =>
        Assert.That(Parse(line).Options.ConfigurationFile, Is.EqualTo("a.conf"));

    [Test]
    public void Parse_ClusteredLetters_AllCount()
    {
        var options = Parse("-nlDDRVX").Options;

        Assert.That(options.Foreground, Is.True);
        Assert.That(options.LogToConsole, Is.True);
        Assert.That(options.LogDetail, Is.EqualTo(2));
        Assert.That(options.NoRespawn, Is.True);
        Assert.That(options.KeepVrrp, Is.True);
    }

    [Test]
    public void Parse_PidFiles_EachGoesToItsProcess()
    {
        var options = Parse("-p 1 -r2 -c 3 --bfd_pid=4").Options;

        Assert.That((options.PidFile, options.VrrpPidFile, options.CheckersPidFile, options.BfdPidFile), Is.EqualTo(("1", "2", "3", "4")));
    }

    [TestCase("-P", true, false, true)]
    [TestCase("-C", false, true, true)]
    [TestCase("-P -C", false, false, true)]
    [TestCase("-B", true, true, false)]
    [TestCase("-P -B --all", true, true, true)]
    [TestCase("--all -P", true, false, true)]
    public void Parse_Subsystems_LaterOptionsWin(string line, bool vrrp, bool checker, bool bfd)
    {
        var options = Parse(line).Options;

        Assert.That((options.RunVrrp, options.RunChecker, options.RunBfd), Is.EqualTo((vrrp, checker, bfd)));
    }

    [TestCase("--foo", "Unknown option --foo")]
    [TestCase("-z", "Unknown option -z")]
    [TestCase("-nz", "Unknown option -z")]
    [TestCase("-L", "Unknown option -L")]
    [TestCase("--log-x", "Unknown option --log-x")]
    [TestCase("--log", "Option --log is ambiguous: --log-console, --log-detail, --log-facility, --log-file")]
    [TestCase("-f", "Missing parameter for option -f")]
    [TestCase("--use-file", "Missing parameter for option --use-file")]
    [TestCase("--vrrp_pid=", "Missing parameter for option --vrrp_pid")]
    [TestCase("--config-test=", "Missing parameter for option --config-test")]
    [TestCase("--vrrp=3", "Option --vrrp takes no argument")]
    public void Parse_Mistake_SaysSoAndExitsWithOne(string line, string message)
    {
        var result = Parse(line);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Is.EqualTo(message + "\n"));
    }

    [Test]
    public void Parse_SeveralMistakes_ReportsAllOfThem()
    {
        var result = Parse("-z --foo -nq -f x");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Is.EqualTo("Unknown option -z\nUnknown option --foo\nUnknown option -q\n"));
        Assert.That(result.Options.ConfigurationFile, Is.EqualTo("x"));
    }

    [Test]
    public void Parse_StrayWords_AreListedAndIgnored()
    {
        var result = Parse("stray -n other -- -D");

        Assert.That(result.ExitCode, Is.Null);
        Assert.That(result.Output, Is.EqualTo("Unexpected argument(s): stray other -D\n"));
        Assert.That(result.Options.LogDetail, Is.Zero);
    }

    [TestCase("STOP", "15\n")]
    [TestCase("RELOAD", "1\n")]
    [TestCase("DATA", "10\n")]
    [TestCase("STATS", "12\n")]
    [TestCase("STATS_CLEAR", "63\n")]
    [TestCase("JSON", "36\n")]
    public void Parse_SignalNumber_PrintsItAndExitsWithZero(string function, string output)
    {
        var result = Parse("--signum=" + function);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo(((int?)0, output)));
    }

    [TestCase("TDATA")]
    [TestCase("stop")]
    public void Parse_UnknownSignalFunction_ExitsWithOne(string function)
    {
        var result = Parse("--signum " + function);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo(((int?)1, $"Unknown sigfunc {function}\n")));
    }

    [TestCase("-t", null)]
    [TestCase("-tout", "out")]
    [TestCase("--config-test=out", "out")]
    public void Parse_ConfigurationTest_ImpliesForegroundAndSilence(string line, string? log)
    {
        var options = Parse(line).Options;

        Assert.That(options, Is.EqualTo(new CommandLineOptions
        {
            TestConfiguration = true,
            TestLogFile = log,
            NoRespawn = true,
            Foreground = true,
            UseSyslog = false,
        }));
    }

    [Test]
    public void Parse_OptionalArgument_NeverTakesTheNextWord()
    {
        var result = Parse("-t file");

        Assert.That(result.Options.TestLogFile, Is.Null);
        Assert.That(result.Output, Is.EqualTo("Unexpected argument(s): file\n"));
    }

    [TestCase("daemon", SyslogFacility.Daemon)]
    [TestCase("user", SyslogFacility.User)]
    [TestCase("0", SyslogFacility.Local0)]
    [TestCase("local7", SyslogFacility.Local7)]
    public void Parse_Facility_IsUnderstood(string text, object facility) =>
        Assert.That(Parse("-S " + text).Options.Facility, Is.EqualTo(facility));

    [TestCase("99")]
    [TestCase("8")]
    [TestCase("local")]
    [TestCase("mail")]
    public void Parse_UnknownFacility_IsReportedAndIgnored(string text)
    {
        var result = Parse("-S " + text);

        Assert.That(result.ExitCode, Is.Null);
        Assert.That(result.Errors, Does.Contain($"'{text}'"));
        Assert.That(result.Options.Facility, Is.EqualTo(SyslogFacility.Daemon));
    }

    [TestCase("022", 0x12)]
    [TestCase("0x1f", 0x1f)]
    [TestCase("63", 63)]
    [TestCase("0", 0)]
    [TestCase("0777", 511)]
    public void Parse_Umask_TakesAnyBase(string text, int mask) =>
        Assert.That(Parse("-u " + text).Options.Umask, Is.EqualTo(mask));

    [TestCase("01000")]
    [TestCase("512")]
    [TestCase("089")]
    [TestCase("0x")]
    [TestCase("x")]
    [TestCase("99999999999999999999")]
    public void Parse_BadUmask_IsReportedAndIgnored(string text)
    {
        var result = Parse("-u " + text);

        Assert.That(result.ExitCode, Is.Null);
        Assert.That(result.Errors, Does.Contain($"'{text}'"));
        Assert.That(result.Options.Umask, Is.Null);
    }

    [TestCase("-g", "/keepalived.log")]
    [TestCase("-gname.log", "/name.log")]
    public void Parse_RelativeLogFile_LivesInTheTemporaryDirectory(string line, string ending) =>
        Assert.That(Parse(line).Options.LogFile, Is.EqualTo(TemporaryDirectory.Path + ending));

    [Test]
    public void Parse_AbsoluteLogFile_StaysWhereItIs() =>
        Assert.That(Parse("-g/var/log/k.log").Options.LogFile, Is.EqualTo("/var/log/k.log"));

    [Test]
    public void Parse_CorePattern_ImpliesCoreDump()
    {
        Assert.That(Parse("-M").Options, Has.Property("CoreDump").True.And.Property("CoreDumpPattern").EqualTo("core"));
        Assert.That(Parse("-M/tmp/core.%p").Options.CoreDumpPattern, Is.EqualTo("/tmp/core.%p"));
        Assert.That(Parse("-m").Options, Has.Property("CoreDump").True.And.Property("CoreDumpPattern").Null);
    }

    [TestCase("-x")]
    [TestCase("-A unix:/x")]
    public void Parse_WhatDoesNotExistYet_IsWarnedAbout(string line)
    {
        var result = Parse(line);

        Assert.That(result.ExitCode, Is.Null);
        Assert.That(result.Warnings, Has.Count.EqualTo(1).And.All.Contains("not available"));
    }

    [TestCase("-X", "ReleaseForeignAddresses")]
    [TestCase("--release-vips", "ReleaseForeignAddresses")]
    [TestCase("-d", "DumpConfiguration")]
    [TestCase("--dump-conf", "DumpConfiguration")]
    [TestCase("-a", "LogAddresses")]
    [TestCase("--address-monitoring", "LogAddresses")]
    public void Parse_Switch_IsOn(string line, string property)
    {
        Assert.That(Parse(line).Options, Has.Property(property).True);
        Assert.That(Parse("-n").Options, Has.Property(property).False);
    }

    [Test]
    public void Parse_GenHashBehindOtherOptions_IsRefused()
    {
        var result = Parse("-n -T -s 1.2.3.4");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("genhash"));
    }

    [TestCase("-v")]
    [TestCase("--version")]
    public void Parse_Version_GoesToErrorsAndExitsWithZero(string line)
    {
        var result = Parse(line);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Errors, Does.Match(@"^Keepalived v\d+\.\d+\.\d+ "));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void Parse_Help_NamesEveryOption()
    {
        var result = Parse("-h");

        Assert.That(result.ExitCode, Is.Zero);
        foreach (var option in OptionSpecification.All)
            Assert.That(result.Errors, Does.Contain("--" + option.Long));
    }

    [TestCase("/tmp", "/tmp")]
    [TestCase("/", "")]
    [TestCase("relative", "/tmp")]
    [TestCase("/does/not/exist", "/tmp")]
    [TestCase(null, "/tmp")]
    public void TemporaryDirectory_Variable_MustBeAnAbsoluteDirectory(string? variable, string expected) =>
        Assert.That(TemporaryDirectory.Choose(variable), Is.EqualTo(expected));
}
