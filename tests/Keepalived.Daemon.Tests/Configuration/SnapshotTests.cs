using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class SnapshotTests
{
    private static ConfigurationLoadOptions Options() => Load.Options(string.Empty) with
    {
        Source = new MemorySource()
            .Add(Load.Main, "include conf.d/*.conf\nglobal_defs {\nrouter_id r${_RANDOM}_${_INSTANCE}_${_ENV WHO}\n}\ninclude absent.conf")
            .Add("conf.d/a.conf", "instance one").Add("conf.d/b.conf", "use_pid_dir"),
        RandomSeed = null,
    };

    private static ConfigurationSnapshot Copy(ConfigurationSnapshot snapshot)
    {
        using var stream = new MemoryStream();
        snapshot.WriteTo(stream);
        stream.Position = 0;
        return ConfigurationSnapshot.ReadFrom(stream);
    }

    [Test]
    public void Snapshot_ReadAgainElsewhere_GivesTheSameConfiguration()
    {
        var options = Options();
        ((MemorySource)options.Source!).Environment["WHO"] = "me";
        var first = ConfigurationLoader.Load(options);
        var second = ConfigurationLoader.Load(
            Copy(first.Snapshot)
            .ToLoadOptions() with
            { TestMode = true, Scripts = options.Scripts, FindInterface = options.FindInterface });
        Assert.That(first.Configuration.Global.RouterId, Does.StartWith("r").And.EndsWith("_myid_me"));
        Assert.That(second.Configuration, Is.EqualTo(first.Configuration));
        Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
    }

    [Test]
    public void Snapshot_OfASnapshot_IsTheSame()
    {
        var first = ConfigurationLoader.Load(Options()).Snapshot;
        var second = ConfigurationLoader.Load(Copy(first).ToLoadOptions()).Snapshot;
        using var one = new MemoryStream();
        using var two = new MemoryStream();
        first.WriteTo(one);
        second.WriteTo(two);
        Assert.That(two.ToArray(), Is.EqualTo(one.ToArray()));
    }

    [Test]
    public void DamagedSnapshot_IsRefused()
    {
        using var stream = new MemoryStream();
        ConfigurationLoader.Load(Options()).Snapshot.WriteTo(stream);
        var bytes = stream.ToArray();
        for (var length = 0; length < bytes.Length; length++)
            Assert.That(() => ConfigurationSnapshot.ReadFrom(new MemoryStream(bytes, 0, length)), Throws.TypeOf<InvalidDataException>());
    }
}
