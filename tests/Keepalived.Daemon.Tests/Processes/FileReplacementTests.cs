using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class FileReplacementTests
{
    [Test]
    public void Write_FileThere_IsReplacedAndNothingElseIsLeft()
    {
        var directory = Directory.CreateTempSubdirectory("kdn-dump-").FullName;
        try
        {
            var path = Path.Combine(directory, "keepalived.data");
            File.WriteAllText(path, "old, and longer than the new one");

            FileReplacement.Write(path, "new\n");

            Assert.That(File.ReadAllText(path), Is.EqualTo("new\n"));
            Assert.That(Directory.GetFiles(directory), Is.EqualTo(new[] { path }));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
