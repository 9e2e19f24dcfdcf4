using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>Many instances become master at once, each with a script.</summary>
internal static class Notifications
{
    private const int Instances = 250;

    /// <summary>Milliseconds from the first advert of the new master until the last script has begun.</summary>
    public static double ToLastScript(Build build)
    {
        using var link = new Lan("a");
        var script = Path.Combine(link.Folder, "script");
        File.WriteAllText(script, "#!/bin/sh\n: > \"$0-$2\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var common = new VrrpInstance
        {
            Priority = 100,
            Interval = 1,
            Lines = ["garp_master_repeat 1", "garp_master_delay 0", $"notify_master \"{script} MASTER\""],
        };
        object[] instances =
        [
            .. ManyInstances.Like(common, Instances).Cast<VrrpInstance>()
                .Select((instance, number) => instance with { Lines = [.. common.Lines[..^1], $"notify_master \"{script} x {number}\""] }),
        ];
        link.Start(build, "a", instances);
        var first = link.Wire.Advert("a", TimeSpan.FromSeconds(20));
        string[] started = [];
        Expect.Within(
            TimeSpan.FromSeconds(60),
            () => (started = Directory.GetFiles(link.Folder, "script-*")).Length == Instances,
            "all scripts have begun");
        var last = started.Max(File.GetLastWriteTimeUtc);
        return (last - DateTime.UnixEpoch - TimeSpan.FromTicks(first.Time / 100)).TotalMilliseconds;
    }
}
