using System.Text;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Trackers;
using Keepalived.Netlink.Processes;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>The processes that are meant, kept from events.</summary>
public sealed class ProcessTableTests
{
    private readonly FakeProcesses _processes = new();

    [SetUp]
    public void Forget() => _processes.Names.Clear();

    [Test]
    public void Start_LooksAtWhatThereIs()
    {
        _processes.Names[10] = "web";
        _processes.Names[11] = "other";
        Assert.That(Table().Count(0), Is.EqualTo(1));
    }

    [Test]
    public void Exec_IsLookedAt()
    {
        var table = Table();
        _processes.Names[10] = "web";
        Assert.That(table.Apply(Event(ProcessEventKind.Exec, 10)), Is.True);
        Assert.That(table.Count(0), Is.EqualTo(1));
        _processes.Names[10] = "other";
        table.Apply(Event(ProcessEventKind.Renamed, 10));
        Assert.That(table.Count(0), Is.Zero);
    }

    [Test]
    public void Fork_TheChildIsWhatItsParentIs()
    {
        _processes.Names[10] = "web";
        var table = Table();
        Assert.That(table.Apply(new ProcessEvent(ProcessEventKind.Fork, 12, 12, 10)), Is.True);
        Assert.That(table.Apply(new ProcessEvent(ProcessEventKind.Fork, 13, 13, 99)), Is.False);
        Assert.That(table.Count(0), Is.EqualTo(2));
        table.Apply(Event(ProcessEventKind.Exit, 10));
        Assert.That(table.Count(0), Is.EqualTo(1));
    }

    [Test]
    public void Threads_AreNoProcesses()
    {
        _processes.Names[10] = "web";
        var table = Table();
        Assert.That(table.Apply(new ProcessEvent(ProcessEventKind.Fork, 12, 10, 10)), Is.False);
        Assert.That(table.Apply(new ProcessEvent(ProcessEventKind.Exit, 12, 10, 0)), Is.False);
        Assert.That(table.Count(0), Is.EqualTo(1));
    }

    [Test]
    public void Exec_OfAProcessThatIsGone_CountsNothing()
    {
        _processes.Names[10] = "web";
        var table = Table();
        _processes.Names.Clear();
        table.Apply(Event(ProcessEventKind.Exec, 10));
        Assert.That(table.Count(0), Is.Zero);
    }

    private ProcessTable Table() =>
        new([new ProcessPattern(new TrackProcessConfiguration { Name = "web", Command = "web" })], _processes);

    private static ProcessEvent Event(ProcessEventKind kind, int id) => new(kind, id, id, 0);

    private sealed class FakeProcesses : IProcessReader
    {
        public Dictionary<int, string> Names { get; } = [];

        public IEnumerable<int> List() => Names.Keys;

        public bool TryRead(int processId, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> commandLine)
        {
            commandLine = default;
            name = Names.TryGetValue(processId, out var text) ? Encoding.ASCII.GetBytes(text) : default;
            return !name.IsEmpty;
        }
    }
}
