using Keepalived.Checkers.Files;

namespace Keepalived.Checkers.Tests.Files;

/// <summary>What a number in a file does to a server.</summary>
public sealed class FileCheckerTests
{
    [TestCase(1, false, 5, 5L)]
    [TestCase(2, false, -3, -6L)]
    [TestCase(2, true, -3, 6L)]
    [TestCase(-2, true, 3, 6L)]
    [TestCase(1000000, false, 1000000, (long)int.MaxValue)]
    [TestCase(0, false, 0, 0L)]
    [TestCase(0, true, 7, 0L)]
    public void Judge_Number_IsAddedToTheWeight(int factor, bool reverse, int number, long expected)
    {
        var result = new FileCheckRule(factor, reverse).Judge(number);
        Assert.That(result.IsSuccess, Is.True);
        Assert.That(result.Weight, Is.EqualTo(expected));
    }

    [TestCase(0, false, 1)]
    [TestCase(0, false, -1)]
    [TestCase(0, true, 0)]
    [TestCase(1, false, int.MinValue)]
    [TestCase(2, true, int.MaxValue)]
    public void Judge_Fault_TakesTheServerDownAndAddsNothing(int factor, bool reverse, int number)
    {
        var result = new FileCheckRule(factor, reverse).Judge(number);
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Weight, Is.Zero);
    }

    [Test]
    public async Task CheckAsync_File_IsReadEachTime()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var checker = new FileChecker(path, new FileCheckRule(1, false));
        try
        {
            Assert.That((await checker.CheckAsync(default)).Weight, Is.Zero, "a file that does not exist says 0");
            await File.WriteAllTextAsync(path, "17\n");
            Assert.That((await checker.CheckAsync(default)).Weight, Is.EqualTo(17));
            await File.WriteAllTextAsync(path, "99999999999");
            Assert.That((await checker.CheckAsync(default)).Outcome, Is.EqualTo(CheckOutcome.LocalError));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task CheckAsync_FifoThatNobodyWrites_IsNotWaitedFor()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var made = System.Diagnostics.Process.Start("mkfifo", [path]))
            await made.WaitForExitAsync();
        try
        {
            var check = Task.Run(() => new FileChecker(path, new FileCheckRule(1, false)).CheckAsync(default).AsTask());
            Assert.That((await check.WaitAsync(TimeSpan.FromSeconds(20))).Weight, Is.Zero);
        }
        finally
        {
            // Lets a reader that waits all the same go on.
            await using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
                File.Delete(path);
        }
    }

    [TestCase("/", "a folder")]
    [TestCase("/proc/1/mem", "nothing to be read there")]
    public async Task CheckAsync_NoFile_IsThisSidesProblem(string path, string what)
    {
        var check = await new FileChecker(path, new FileCheckRule(1, false)).CheckAsync(default);
        Assert.That(check.Outcome, Is.EqualTo(CheckOutcome.LocalError), what);
        Assert.That(check.Reason, Does.StartWith($"{path} cannot be read: "));
    }

    [Test]
    public async Task CheckAsync_UnderAFile_SaysZero() =>
        Assert.That((await new FileChecker("/etc/passwd/number", new FileCheckRule(1, false)).CheckAsync(default)).Weight, Is.Zero);
}
