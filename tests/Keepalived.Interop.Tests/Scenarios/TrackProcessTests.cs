using System.Diagnostics;
using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>
/// Processes that are tracked. The kernel tells of processes in the machine's own network alone, so that the routers are there: on an
/// interface whose other end is the stranger's, and so early in a delayed start that they send nothing.
/// </summary>
internal sealed class TrackProcessTests : ScenarioFixture
{
    private const string Quiet = "vrrp_startup_delay 600";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static int _last;
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"kp{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");
    private readonly List<Process> _processes = [];

    private static Build[] Programs => Pairs.Oracle ? [Build.Real] : [Build.Ours, Build.Real];

    [TearDown]
    public void EndProcesses()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    [Test, Scenario("track-process"), Scenario("track-process-match")]
    public void Processes_ThatComeForkAreRenamedAndGo_CountAsForTheRealOne()
    {
        var link = Link();
        var (program, script) = Program(link);
        string[] blocks =
        [
            Block("byname", $"process {_name}", "weight 1"),
            Block("bypath", $"process {program}", "full_command", "weight 2"),
            Block("exact", $"process {program} {script} 20", "weight 4"),
            Block("partial", $"process {program} {script}", "param_match partial", "weight 8"),
            Block("initial", $"process {program} {script} 2", "param_match initial", "weight 16"),
            Block("bare", $"process {program}", "param_match", "weight 32"),
            Block("two", $"process {_name}", "quorum 2", "weight 64"),
            Block("one", $"process {_name}", "quorum_max 1", "weight 1"),
            Block("none", $"process {_name}", "quorum_max 0", "weight 2"),
            Block("reverse", $"process {_name}", "weight 4 reverse"),
            Block("renamed", $"process {_name}r", "weight 8"),
        ];
        Router[] routers = Start(link, [
            Global(Quiet), .. blocks, Instance(1, "byname", "bypath", "exact", "partial", "initial", "bare", "two"),
            Instance(2, "one", "none", "reverse", "renamed"),
        ]);

        Expect("nothing", 100, 102);
        var first = Run(program, script, "20");
        Expect("one with its parameters", 131, 97);
        var second = Run(program);
        Expect("another, without", 227, 96);
        first.Kill();
        Expect("the first ends", 135, 97);
        second.Kill();
        Expect("the second ends", 100, 102);

        var disguised = Run("bash", "-c", $"exec -a other {program} {script}");
        Expect("of another argument 0", 101, 97);
        disguised.StandardInput.WriteLine($"echo {_name}r > /proc/$$/comm");
        // The real one notices that the old name is gone, but not that the new one is there.
        Expect("renamed", 100, 110, real: [100, 102]);
        disguised.Kill();
        Expect("it ends", 100, 102);

        var parent = Run(program, script, "9");
        Expect("a parent", 111, 97);
        parent.StandardInput.WriteLine("(read line <&3) &");
        Expect("its child is as it is", 175, 96);
        parent.StandardInput.Close();
        Expect("both end", 100, 102);

        void Expect(string what, int first, int second, int[]? real = null)
        {
            foreach (var router in routers)
            {
                int[] priorities = router.Build == Build.Real && real is not null ? real : [first, second];
                Lab.Expect.Within(
                    Patience, () => Priorities(router).SequenceEqual(priorities),
                    $"{what}: {router} has the priorities {string.Join(' ', priorities)}");
            }
        }

        static int[] Priorities(Router router) => [Changes(router, 1).LastOrDefault(100), Changes(router, 2).LastOrDefault(100)];
    }

    [Test, Scenario("track-process-delay")]
    public void Delays_OfComingAndGoing_PassAsTheRealOnes()
    {
        var link = Link();
        var (program, script) = Program(link);
        var end = Path.Combine(link.Folder, "end");
        Command.Run("mkfifo", [end]);
        Router[] routers = Start(link, [
            Global(Quiet),
            Block("coming", $"process {_name}", "quorum 2", "fork_delay 0.8", "weight 1"),
            Block("going", $"process {_name}", "quorum 2", "terminate_delay 1", "weight 2"),
            Block("either", $"process {_name}", "quorum 2", "delay 1.2", "weight 4"),
            Block("long", $"process {_name}", "quorum 2", "fork_delay 60", "weight 8"),
            Block("first", $"process {_name}", "fork_delay 0.8", "weight 1"),
            Instance(1, "coming", "going", "either", "long"), Instance(2, "first"),
        ]);

        var watch = Stopwatch.StartNew();
        var process = Run(program, script);
        // The real one waits for those that begin as the child of another one, but not for those that begin as a program.
        foreach (var router in routers)
            Lab.Expect.Within(Patience, () => Changes(router, 2).SequenceEqual([101]), $"{router} counts the first");
        if (!Pairs.Oracle)
            Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(0.8));
        watch.Restart();
        process.StandardInput.WriteLine($"(read line < {end}) &");
        Expect(0, 102);
        Expect(0.8, 102, 103);
        Expect(1.2, 102, 103, 107);
        watch.Restart();
        File.WriteAllText(end, "now\n");
        Expect(0, 102, 103, 107, 106);
        Expect(1, 102, 103, 107, 106, 104);
        Expect(1.2, 102, 103, 107, 106, 104, 100);

        void Expect(double after, params int[] changes)
        {
            foreach (var router in routers)
            {
                Lab.Expect.Within(
                    Patience, () => Changes(router, 1).Take(changes.Length).SequenceEqual(changes),
                    $"{router} has the priorities {string.Join(' ', changes)}");
            }

            Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(after));
        }
    }

    [Test, Scenario("track-process-fault")]
    public void Process_WithoutWeight_IsAFaultWhileItIsNotThere()
    {
        var link = Link();
        var (program, script) = Program(link);
        Router[] routers = Start(link, [Global(Quiet), Block("needed", $"process {_name}"), Instance(1, "needed")]);
        Expect("FAULT");
        var process = Run(program, script);
        Expect("FAULT", "BACKUP");
        process.Kill();
        Expect("FAULT", "BACKUP", "FAULT");

        void Expect(params string[] states)
        {
            foreach (var router in routers)
                Lab.Expect.Within(Patience, () => States(router).SequenceEqual(states), $"{router} is in {string.Join(", then ", states)}");
        }

        // The real one says it twice at the start.
        static IEnumerable<string> States(Router router)
        {
            var last = "";
            foreach (var line in router.Log)
            {
                var at = line.IndexOf("(VI_1) Entering ", StringComparison.OrdinalIgnoreCase);
                if (at >= 0 && line[(at + 16)..].Split(' ')[0] is var state && state != last)
                    yield return last = state;
            }
        }
    }

    [TestCase(false), TestCase(true), Scenario("process-monitor-bufs")]
    public void ReceiveBuffer_OfTheProcessEvents_IsTheRealOnes(bool isForced)
    {
        var link = Link();
        var limit = int.Parse(File.ReadAllText("/proc/sys/net/core/rmem_max"), CultureInfo.InvariantCulture);
        var size = limit + 70_000;
        Router[] routers = Start(link, [
            Global($"{Quiet}\n process_monitor_rcv_bufs {size}\n process_monitor_rcv_bufs_force {(isForced ? "true" : "false")}"),
            Block("needed", $"process {_name}", "weight 5"), Instance(1, "needed"),
        ]);
        foreach (var router in routers)
        {
            var buffer = OpenSocket.Of(router.VrrpPid!.Value)
                .Single(static socket => socket is { Family: OpenSocket.Netlink, Protocol: OpenSocket.Connector }).ReceiveBuffer;
            Assert.That(buffer, Is.EqualTo(2 * (isForced ? size : limit)), $"{router}");
        }
    }

    /// <summary>A namespace has no such events: the real one does without, ours looks for itself.</summary>
    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("track-process-namespace")]
    public void Process_InANamespace_IsFoundNevertheless(Build build, Build other)
    {
        var link = Link("a");
        var (program, script) = Program(link);
        var a = link.Start(build, "a", Block("needed", $"process {_name}", "weight 5"), new VrrpInstance { Lines = ["track_process {\n needed\n}"] });
        a.ExpectHolding(Lan.Vip, 8);
        var process = Run(program, script);
        link.Wire.Advert("a", TimeSpan.FromSeconds(8), match: static advert => advert.Priority == 105);
        process.Kill();
        link.Wire.Advert("a", TimeSpan.FromSeconds(8), WallClock.Now, static advert => advert.Priority == 100);
    }

    /// <summary>All programs side by side in the machine's own network.</summary>
    private Router[] Start(Lan link, params object[] blocks)
    {
        Command.Run("ip", ["link", "add", _name, "type", "veth", "peer", "name", "machine", "netns", link.Namespace(Lan.Stranger)]);
        link.Ip(Lan.Stranger, "link set machine up");
        Command.Run("ip", ["address", "add", $"10.97.{Environment.ProcessId >> 8 & 255}.{Environment.ProcessId & 255}/32", "dev", _name]);
        Command.Run("ip", ["link", "set", _name, "up"]);
        Router[] routers = [.. Programs.Select(build => new Router(link, build, build.ToString(), string.Join('\n', blocks)) { Network = "" })];
        foreach (var router in routers)
        {
            link.Adopt(router);
            router.Start();
        }

        foreach (var router in routers)
            router.ExpectLog("Startup complete", 10);
        return routers;
    }

    /// <summary>A shell by a name that no other process of the machine has, and a script in which it does what it is told.</summary>
    private (string Program, string Script) Program(Lan link)
    {
        var (program, script) = (Path.Combine(link.Folder, _name), Path.Combine(link.Folder, "script"));
        File.Copy("/bin/sh", program);
        File.WriteAllText(script, "exec 3<&0\nwhile read -r line <&3; do eval \"$line\"; done\n");
        return (program, script);
    }

    private Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false })!;
        process.StandardInput.AutoFlush = true;
        _processes.Add(process);
        return process;
    }

    private static string Global(string lines) => $"global_defs {{\n {lines}\n}}";

    private static string Block(string name, params string[] lines) => $"vrrp_track_process {name} {{\n {string.Join("\n ", lines)}\n}}";

    private VrrpInstance Instance(int number, params string[] processes) => new()
    {
        Name = $"VI_{number}",
        VirtualRouterId = number,
        Interface = _name,
        Addresses = [$"10.97.255.{number}/32"],
        Peers = ["10.97.0.1"],
        Lines = [$"track_process {{\n {string.Join("\n ", processes)}\n}}"],
    };

    /// <summary>What the effective priority changed to, one after the other.</summary>
    private static IEnumerable<int> Changes(Router router, int instance) => router.Log
        .Where(line => line.Contains($"(VI_{instance}) Changing effective priority", StringComparison.Ordinal))
        .Select(static line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
