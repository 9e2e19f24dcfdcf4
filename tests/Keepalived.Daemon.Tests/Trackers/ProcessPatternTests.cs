using System.Text;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Trackers;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>Which processes a block means.</summary>
public sealed class ProcessPatternTests
{
    [TestCase("haproxy", "haproxy", true)]
    [TestCase("haproxy", "haprox", false)]
    [TestCase("a-very-long-process-name", "a-very-long-pro", true)]
    public void ByName_FifteenBytesCount(string wanted, string name, bool expected)
    {
        var pattern = new ProcessPattern(new TrackProcessConfiguration { Name = "p", Command = wanted });
        Assert.That(pattern.Matches(Encoding.ASCII.GetBytes(name), default), Is.EqualTo(expected));
    }

    [TestCase(ParameterMatch.None, "", "/bin/p -a -b", true)]
    [TestCase(ParameterMatch.None, "", "/bin/q", false)]
    [TestCase(ParameterMatch.None, "", "", false)]
    [TestCase(ParameterMatch.Exact, "", "/bin/p", true)]
    [TestCase(ParameterMatch.Exact, "", "/bin/p -a", false)]
    [TestCase(ParameterMatch.Exact, "-a -b", "/bin/p -a -b", true)]
    [TestCase(ParameterMatch.Exact, "-a -b", "/bin/p -a -b -c", false)]
    [TestCase(ParameterMatch.Exact, "-a -b", "/bin/p -b -a", false)]
    [TestCase(ParameterMatch.Partial, "-a -b", "/bin/p -a -b -c", true)]
    [TestCase(ParameterMatch.Partial, "-a -b", "/bin/p -a -bc", false)]
    [TestCase(ParameterMatch.Initial, "-a -b", "/bin/p -a -bc -d", true)]
    [TestCase(ParameterMatch.Initial, "-a -b", "/bin/p -a", false)]
    [TestCase(ParameterMatch.Initial, "", "/bin/p -a", true)]
    public void ByCommandLine_ParametersAreCompared(ParameterMatch match, string parameters, string commandLine, bool expected)
    {
        var pattern = new ProcessPattern(new TrackProcessConfiguration
        {
            Name = "p",
            Command = "/bin/p",
            FullCommand = true,
            Match = match,
            Parameters = EquatableArray.From(parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        });
        var bytes = Encoding.ASCII.GetBytes(string.Concat(commandLine.Split(' ').Select(static word => word + '\0')));
        Assert.That(pattern.Matches("p"u8, commandLine.Length == 0 ? default : bytes), Is.EqualTo(expected));
    }
}
