using Keepalived.Checkers.Misc;

namespace Keepalived.Checkers.Tests.Misc;

/// <summary>What the end of a script says about a server.</summary>
public sealed class MiscCheckerTests
{
    [TestCase(0, true, 0L)]
    [TestCase(1, false, null)]
    [TestCase(2, false, null)]
    public async Task CheckAsync_Status_IsJudged(int status, bool success, long? weight)
    {
        var result = await Checker(new ScriptExit { Status = status }).CheckAsync(default);
        Assert.That(result.IsSuccess, Is.EqualTo(success));
        Assert.That(result.Weight, Is.EqualTo(weight));
    }

    [TestCase(0, true, 0L)]
    [TestCase(1, false, null)]
    [TestCase(2, true, -7L)]
    [TestCase(9, true, 0L)]
    [TestCase(255, true, 246L)]
    public async Task CheckAsync_DynamicStatus_SetsTheWeight(int status, bool success, long? weight)
    {
        var result = await Checker(new ScriptExit { Status = status }, dynamic: true).CheckAsync(default);
        Assert.That(result.IsSuccess, Is.EqualTo(success));
        Assert.That(result.Weight, Is.EqualTo(weight));
    }

    [Test]
    public async Task CheckAsync_OtherEnds_AreNamed()
    {
        Assert.That((await Checker(new ScriptExit { Signal = 9 }).CheckAsync(default)).Reason, Is.EqualTo("due to signal 9"));
        Assert.That((await Checker(new ScriptExit { TimedOut = true }).CheckAsync(default)).Reason, Is.EqualTo("timed out"));
        var unstarted = await Checker(new ScriptExit { StartError = "no" }).CheckAsync(default);
        Assert.That(unstarted.Outcome, Is.EqualTo(CheckOutcome.LocalError), "the server is not to blame");
    }

    [TestCase("exit 3", 3, 0)]
    [TestCase("kill -9 $$", 0, 9)]
    [TestCase("test \"$0 $1\" = \"a b c\"", 0, 0)]
    [TestCase("sleep 20 & exit 4", 4, 0, Description = "what is left behind is not waited for")]
    public async Task ProcessScript_End_IsReported(string command, int status, int signal)
    {
        var exit = await new ProcessScript("/bin/sh", ["-c", command, "a b", "c"]).RunAsync(TimeSpan.FromSeconds(15), default);
        Assert.That(exit, Is.EqualTo(new ScriptExit { Status = status, Signal = signal }));
    }

    [Test]
    public async Task ProcessScript_Missing_IsNotStarted()
    {
        var exit = await new ProcessScript("/nowhere/script").RunAsync(TimeSpan.FromSeconds(5), default);
        Assert.That(exit.StartError, Does.Contain("/nowhere/script"));
    }

    [Test]
    public async Task ProcessScript_TooLong_IsKilledWithItsChildren()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            // The child writes its number, so that its end can be seen.
            var script = new ProcessScript("/bin/sh", ["-c", $"sh -c 'echo $$ > {path}; exec sleep 300' & wait"]);
            var exit = await script.RunAsync(TimeSpan.FromSeconds(3), default);
            Assert.That(exit.TimedOut, Is.True);
            if (!File.Exists(path))
                Assert.Inconclusive("the machine was too slow for the script to begin");
            var child = (await File.ReadAllTextAsync(path)).Trim();
            Assert.That(() => IsGone(child), Is.True.After(20_000, 50), "the child is gone");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool IsGone(string pid)
    {
        try
        {
            // A zombie that nobody has waited for is gone as well.
            return File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static MiscChecker Checker(ScriptExit exit, bool dynamic = false) =>
        new(new MiscCheckerOptions { Script = new FakeScript(exit), Dynamic = dynamic, Weight = 7 });

    private sealed class FakeScript(ScriptExit exit) : IScript
    {
        public ValueTask<ScriptExit> RunAsync(TimeSpan timeout, CancellationToken cancellationToken) => ValueTask.FromResult(exit);
    }
}
