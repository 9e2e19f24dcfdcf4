using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class MemoryTrimTests
{
    [Test]
    public void FindUnchangedMappings_OfSmaps_GivesReadOnlyFilesWithoutOwnPages()
    {
        string[] lines =
        [
            "55d0c000-55d0d000 r--p 00000000 fe:00 1 /usr/sbin/keep alived",
            "Rss:                 4 kB",
            "Anonymous:           0 kB",
            "55d0d000-55d0f000 r-xp 00001000 fe:00 1 /usr/sbin/keep alived",
            "Anonymous:           0 kB",
            "55d0f000-55d10000 r--p 00003000 fe:00 1 /usr/sbin/keepalived",
            "Anonymous:           4 kB",
            "55d10000-55d11000 rw-p 00004000 fe:00 1 /usr/sbin/keepalived",
            "Anonymous:           0 kB",
            "55d11000-55d12000 r--p 00000000 00:00 0",
            "Anonymous:           0 kB",
            "7ffd0000-7ffd2000 r-xp 00000000 00:00 0                          [vdso]",
            "Anonymous:           0 kB",
        ];

        (nuint, nuint)[] expected = [(0x55d0c000, 0x1000), (0x55d0d000, 0x2000)];
        Assert.That(MemoryTrim.FindUnchangedMappings(lines), Is.EqualTo(expected));
    }

    [Test]
    public void Run_ThisProcess_LivesOn()
    {
        MemoryTrim.Run();

        Assert.That(string.Concat(Enumerable.Range(0, 10)), Is.EqualTo("0123456789"));
    }
}
