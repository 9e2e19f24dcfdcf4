using System.Globalization;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class PidFileTests
{
    private string _directory = null!;

    private string Path => System.IO.Path.Combine(_directory, "x.pid");

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("kdn-pid-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void WriteOwnPid_NewFile_HoldsThePidAndIsReadableByAll()
    {
        using var file = Acquire();
        file.WriteOwnPid();

        Assert.That(File.ReadAllText(Path), Is.EqualTo(Environment.ProcessId + "\n"));
        Assert.That((int)File.GetUnixFileMode(Path), Is.EqualTo(0x1A4));
    }

    [Test]
    public void TryAcquire_LockedByAnother_IsRefused()
    {
        using var file = Acquire();

        Assert.That(PidFile.TryAcquire(Path, out var second, out var problem), Is.False);
        Assert.That(second, Is.Null);
        Assert.That(problem, Does.Contain(Path).And.Contain("locked"));
    }

    [Test]
    public void TryAcquire_AfterRelease_Works()
    {
        Acquire().Dispose();

        using var file = Acquire();
        Assert.That(file.Path, Is.EqualTo(Path));
    }

    [Test]
    public void TryAcquire_StaleFile_IsTakenOver()
    {
        File.WriteAllText(Path, "4194303\n");

        using var file = Acquire();
        file.WriteOwnPid();
        Assert.That(File.ReadAllText(Path), Is.EqualTo(Environment.ProcessId + "\n"));
    }

    [Test]
    public void TryAcquire_PidOfSomebodyElse_IsTakenOver()
    {
        File.WriteAllText(Path, "1\n"); // alive, but no keepalived

        using var file = Acquire();
        Assert.That(file, Is.Not.Null);
    }

    [Test]
    public void TryAcquire_PidOfALivingKeepalived_IsRefused()
    {
        var copy = System.IO.Path.Combine(_directory, "keepalived");
        File.Copy("/bin/sleep", copy);
        using var other = System.Diagnostics.Process.Start(copy, "60")!;
        try
        {
            Assert.That(() => File.ReadAllText($"/proc/{other.Id}/comm"), Is.EqualTo("keepalived\n").After(5000, 10));
            File.WriteAllText(Path, other.Id.ToString(CultureInfo.InvariantCulture) + "\n");

            Assert.That(PidFile.TryAcquire(Path, out _, out var problem), Is.False);
            Assert.That(problem, Does.Contain(other.Id.ToString(CultureInfo.InvariantCulture)));
        }
        finally
        {
            other.Kill();
            other.WaitForExit();
        }
    }

    [Test]
    public void TryAcquire_PidOfAKeepalivedThatNobodyHasCollected_IsTakenOver()
    {
        var copy = System.IO.Path.Combine(_directory, "keepalived");
        File.Copy("/bin/sleep", copy);
        // The shell becomes a program that does not wait for the child that it started.
        using var parent = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"'{copy}' 0 & echo $! > '{Path}'; exec sleep 60"])!;
        try
        {
            Assert.That(() => File.Exists(Path) && File.ReadAllText(Path).Trim() is { Length: > 0 } pid
                && File.ReadAllText($"/proc/{pid}/stat").Contains("(keepalived) Z", StringComparison.Ordinal), Is.True.After(10000, 10));

            using var file = Acquire();
            Assert.That(file, Is.Not.Null);
        }
        finally
        {
            parent.Kill();
            parent.WaitForExit();
        }
    }

    [Test]
    public void TryAcquire_SymbolicLink_IsRefused()
    {
        var target = System.IO.Path.Combine(_directory, "target");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(Path, target);

        Assert.That(PidFile.TryAcquire(Path, out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain("symbolic link"));
        Assert.That(File.ReadAllText(target), Is.EqualTo("precious"));
    }

    [Test]
    public void TryAcquire_NotAFile_IsRefused()
    {
        Directory.CreateDirectory(Path);

        Assert.That(PidFile.TryAcquire(Path, out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain(Path));
    }

    [Test]
    public void TryAcquire_NoDirectory_SaysWhy()
    {
        Assert.That(PidFile.TryAcquire("/does/not/exist/x.pid", out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain("No such file"));
    }

    [Test]
    public void Remove_Ours_IsGone()
    {
        using var file = Acquire();

        file.Remove();

        Assert.That(File.Exists(Path), Is.False);
    }

    [Test]
    public void Remove_ReplacedBySomebodyElse_StaysAlone()
    {
        using var file = Acquire();
        File.Delete(Path);
        File.WriteAllText(Path, "theirs");

        file.Remove();

        Assert.That(File.ReadAllText(Path), Is.EqualTo("theirs"));
    }

    private PidFile Acquire()
    {
        Assert.That(PidFile.TryAcquire(Path, out var file, out var problem), Is.True, problem);
        return file!;
    }
}
