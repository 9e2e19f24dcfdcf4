using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Tests.Processes;

namespace Keepalived.Daemon.Tests.Notify;

/// <summary>FIFOs and their readers over reloads, and what others do to them meanwhile.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NotifyFifosTests : IDisposable
{
    private readonly LoopHarness _harness = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("kdn-").FullName;
    private readonly RecordingLogger _logger = new();
    private readonly NotifyFifos _fifos;

    public NotifyFifosTests() => _fifos = new NotifyFifos(_harness.Loop, new ScriptRunner(_harness.Loop, _logger, limits: null, BuiltDaemon.Program), _logger);

    private string Fifo => Path.Combine(_folder, "fifo");

    private string Told => Path.Combine(_folder, "told");

    public void Dispose()
    {
        _harness.Call(_fifos.CloseAsync).WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
        _harness.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(false)]
    [TestCase(true, Description = "and made again by somebody")]
    public void Use_FifoThatWasRemoved_IsMadeAnew(bool isReplaced)
    {
        Use(Reading("cat \"$1\" >> " + Told));
        Write("one");
        Assert.That(Read, Is.EqualTo("one\n").After(10_000, 20));
        File.Delete(Fifo);
        if (isReplaced)
            File.WriteAllText(Fifo, "no FIFO");

        Use(Reading("cat \"$1\" >> " + Told));
        if (isReplaced)
        {
            Assert.That(File.ReadAllText(Fifo), Is.EqualTo("no FIFO"), "what others put there stays");
            return;
        }

        Write("two");
        Assert.That(Read, Is.EqualTo("one\ntwo\n").After(10_000, 20));
    }

    [Test]
    public void Use_ScriptThatHasEnded_IsStartedAgainAndGetsWhatWasWritten()
    {
        Use(Reading("head -n 1 \"$1\" >> " + Told));
        Write("one");
        Assert.That(Read, Is.EqualTo("one\n").After(10_000, 20));
        Write("two");
        Assert.That(() => _logger.Text, Does.Contain(Fifo).After(10_000, 20), "that it has ended");

        Use(Reading("head -n 1 \"$1\" >> " + Told));

        Assert.That(Read, Is.EqualTo("one\ntwo\n").After(10_000, 20));
    }

    [Test]
    public void Use_TheSameAgain_LeavesTheReaderAlone()
    {
        Use(Reading("echo started >> " + Told + "; exec cat \"$1\" >> " + Told));
        Use(Reading("echo started >> " + Told + "; exec cat \"$1\" >> " + Told));
        Write("one");
        Assert.That(Read, Is.EqualTo("started\none\n").After(10_000, 20));
    }

    private void Use(NotifyFifoConfiguration configuration) => _harness.Call(() =>
    {
        _fifos.Use([configuration]);
        return true;
    });

    private void Write(string line) => _harness.Call(() =>
    {
        _fifos.Write(line + "\n");
        return true;
    });

    private string Read() => File.Exists(Told) ? File.ReadAllText(Told) : "";

    private NotifyFifoConfiguration Reading(string command)
    {
        var script = Path.Combine(_folder, "reader");
        File.WriteAllText(script, "#!/bin/sh\n" + command + "\n");
        File.SetUnixFileMode(script, (UnixFileMode)0x1ED);
        return new NotifyFifoConfiguration
        {
            Path = Fifo,
            Script = new ScriptConfiguration { Path = script, Arguments = EquatableArray.Create([script]) },
        };
    }
}
