using System.Collections.Concurrent;
using System.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Daemon.Trackers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>Files on a real file system.</summary>
public sealed class TrackFilesTests
{
    private readonly LoopHarness _harness = new();
    private readonly ConcurrentQueue<int> _told = new();
    private string _folder = "";
    private TrackFiles _files = null!;

    private string FilePath => Path.Combine(_folder, "number");

    [SetUp]
    public void MakeFolder()
    {
        _told.Clear();
        _folder = Directory.CreateTempSubdirectory("kdn-").FullName;
        _files = new TrackFiles(_harness.Loop, NullLogger.Instance, (_, number) => _told.Enqueue(number));
    }

    [TearDown]
    public void RemoveFolder()
    {
        // With the loop's registration first: Use does that on the loop.
        Use([], isStart: false);
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [OneTimeTearDown]
    public void StopLoop() => _harness.Dispose();

    [Test]
    public void Missing_IsZeroUntilWrittenAndZeroWhenDeleted()
    {
        Use(new TrackFileConfiguration { Name = "f", Path = FilePath }, isStart: true);
        Expect(0);
        File.WriteAllText(FilePath, "42");
        Expect(42);
        File.WriteAllText(FilePath + ".new", "-7");
        File.Move(FilePath + ".new", FilePath, overwrite: true);
        Expect(-7);
        File.Delete(FilePath);
        Expect(0);
    }

    [Test]
    public void TooLarge_TheLastNumberStays()
    {
        File.WriteAllText(FilePath, "5");
        Use(new TrackFileConfiguration { Name = "f", Path = FilePath }, isStart: true);
        Expect(5);
        File.WriteAllText(FilePath, "5000000000");
        File.WriteAllText(FilePath, "6");
        Expect(6);
        Assert.That(_told, Has.None.GreaterThan(6));
    }

    [Test]
    public void Link_TheFileThatItPointsToIsWatched()
    {
        var real = Directory.CreateDirectory(Path.Combine(_folder, "real")).FullName;
        File.WriteAllText(Path.Combine(real, "file"), "1");
        File.CreateSymbolicLink(FilePath, Path.Combine(real, "file"));
        Use(new TrackFileConfiguration { Name = "f", Path = FilePath }, isStart: true);
        Expect(1);
        File.WriteAllText(Path.Combine(real, "file"), "2");
        Expect(2);
    }

    [TestCase(true, null, false, "9")]
    [TestCase(true, "3", false, "3")]
    [TestCase(true, "3", true, "9")]
    [TestCase(false, null, true, null)]
    public void InitFile_IsWrittenAtTheStartOnly(bool isStart, string? before, bool overwrite, string? after)
    {
        if (before is not null)
            File.WriteAllText(FilePath, before);
        Use(new TrackFileConfiguration { Name = "f", Path = FilePath, InitialValue = 9, Overwrite = overwrite }, isStart);
        Assert.That(File.Exists(FilePath) ? File.ReadAllText(FilePath).TrimEnd() : null, Is.EqualTo(after));
    }

    private void Use(TrackFileConfiguration file, bool isStart) => Use([file], isStart);

    private void Use(TrackFileConfiguration[] files, bool isStart) => _harness.Call(() =>
    {
        _files.Use(files, isStart);
        return 0;
    });

    private void Expect(int number)
    {
        var watch = Stopwatch.StartNew();
        while (_told.IsEmpty || _told.Last() != number)
        {
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(10), $"the file is {number}");
            Thread.Sleep(5);
        }
    }
}
