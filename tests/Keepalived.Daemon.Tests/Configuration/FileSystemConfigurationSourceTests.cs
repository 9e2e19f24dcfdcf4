using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class FileSystemConfigurationSourceTests
{
    private string _directory = string.Empty;

    [SetUp]
    public void MakeFiles()
    {
        _directory = Directory.CreateTempSubdirectory("kdn-config-").FullName;
        Directory.CreateDirectory(Path.Combine(_directory, "conf.d/deep"));
        Write("main.conf", "include conf.d/*.conf\nglobal_defs {\nrouter_id ${_PWD}\n}");
        Write("conf.d/10-a.conf", "instance first\ninclude deep/x.conf");
        Write("conf.d/20-b.conf", "instance second");
        Write("conf.d/.hidden.conf", "garbage");
        Write("conf.d/deep/x.conf", "use_pid_dir");
        Write("run.conf", "garbage");
        File.SetUnixFileMode(Path.Combine(_directory, "run.conf"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void RemoveFiles() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Includes_AreRelativeToTheIncludingFile()
    {
        var result = Run("main.conf");
        Assert.That((result.Configuration.Global.Instance, result.Configuration.Global.UsePidDirectory,
            result.Configuration.Global.RouterId),
            Is.EqualTo(("first", true, _directory)));
        Assert.That(result.Diagnostics.Single(), Has.Property("Code").EqualTo(DiagnosticCodes.Duplicate)
            .And.Property("Location").EqualTo(new SourceLocation(Path.Combine(_directory, "conf.d/20-b.conf"), 1, 1)));
    }

    [TestCase("conf.d/*.conf", "conf.d/10-a.conf conf.d/20-b.conf")]
    [TestCase("conf.d/.h*", "conf.d/.hidden.conf")]
    [TestCase("*/[12]0-?.conf", "conf.d/10-a.conf conf.d/20-b.conf")]
    [TestCase("conf.d/[!1]*.conf", "conf.d/20-b.conf")]
    [TestCase("conf.d/[0-9]0-a*", "conf.d/10-a.conf")]
    [TestCase("*/deep/x.conf", "conf.d/deep/x.conf")]
    [TestCase("main.conf", "main.conf")]
    [TestCase("absent", "")]
    [TestCase("absent/*", "")]
    [TestCase("", "")]
    public void Match_OfAPattern_IsSortedAndComplete(string pattern, string matches) =>
        Assert.That(string.Join(' ', new FileSystemConfigurationSource().Match(pattern, _directory)), Is.EqualTo(matches));

    [TestCase("main.conf", ConfigurationFileStatus.Ok)]
    [TestCase("conf.d", ConfigurationFileStatus.Directory)]
    [TestCase("run.conf", ConfigurationFileStatus.Executable)]
    [TestCase("absent", ConfigurationFileStatus.NotFound)]
    [TestCase("/dev/null", ConfigurationFileStatus.NotRegular)]
    public void Read_OfAPath_SaysWhatItIs(string path, ConfigurationFileStatus status) =>
        Assert.That(new FileSystemConfigurationSource().Read(path, _directory).Status, Is.EqualTo(status));

    [Test]
    public void Braces_InAPattern_AreAlternatives()
    {
        Write("braces.conf", "includeb conf.d/{20-b,10-a}.conf\nincludeb conf.d/{10-a,nope}.conf");
        var result = Run("braces.conf");
        Assert.That(result.Configuration.Global.Instance, Is.EqualTo("second"));
        Assert.That(result.TestExitCode, Is.EqualTo(6));
    }

    [Test]
    public void IncludeCheck_InAnIncludedFile_IsNotForItsParent()
    {
        Write("child.conf", "global_defs {\ninclude_check\n}");
        Write("parent.conf", "include child.conf\ninclude absent");
        Assert.That(Run("parent.conf").TestExitCode, Is.Zero);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_directory, path);
        File.WriteAllText(full, text);
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private ConfigurationResult Run(string path) =>
        ConfigurationLoader.Load(new ConfigurationLoadOptions { Path = Path.Combine(_directory, path), TestMode = true, ConfigId = "x" });
}
