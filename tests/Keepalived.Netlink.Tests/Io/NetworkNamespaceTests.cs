using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class NetworkNamespaceTests
{
    [Test]
    public void Open_Missing_ThrowsEnoentWithItsName() =>
        Assert.That(
            () => NetworkNamespace.Open("kdn-there-is-none"),
            Throws.TypeOf<SystemCallException>().With.Property(nameof(SystemCallException.Error)).EqualTo(Errno.ENOENT)
                .And.Message.Contains("kdn-there-is-none"));

    [Test]
    public void Run_NotANamespace_Throws()
    {
        using var file = NetworkNamespace.Open("/proc/self/status");

        Assert.That(
            () => file.Run(() => { }),
            Throws.TypeOf<SystemCallException>().With.Property(nameof(SystemCallException.Error)).AnyOf(Errno.EINVAL, Errno.EPERM));
    }

    [Test]
    public void Run_NamedNamespace_HappensInsideAndOnlyThere()
    {
        using var made = TestNamespace.Create();
        made.Ip("link", "add", "kdn0", "type", "veth", "peer", "name", "kdn1");
        using var inside = made.Open();
        using var byPath = NetworkNamespace.Open($"/run/netns/{made.Name}");

        Assert.That(inside.Run(HasInterface), Is.True);
        Assert.That(byPath.Run(HasInterface), Is.True);
        Assert.That(HasInterface(), Is.False);
        using var current = NetworkNamespace.Current;
        Assert.That(current.Run(HasInterface), Is.False);
    }

    [Test]
    public void Run_FunctionThrows_TheCallerGetsIt()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to enter a namespace");
        using var current = NetworkNamespace.Current;

        Assert.That(() => current.Run(() => throw new FormatException("inside")), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void LoopInANamespace_RunsThereAndLeavesTheCallersThreadWhereItWas()
    {
        using var made = TestNamespace.Create();
        made.Ip("link", "add", "kdn0", "type", "veth", "peer", "name", "kdn1");
        using var inside = made.Open();
        using var loop = new EventLoop(new EventLoopOptions { NetworkNamespace = inside });
        var seen = false;
        loop.Schedule(_ =>
        {
            seen = HasInterface();
            loop.Stop();
        }, null);

        loop.Run();

        Assert.That(seen, Is.True);
        Assert.That(HasInterface(), Is.False);
    }

    private static bool HasInterface() => File.ReadAllText("/proc/thread-self/net/dev").Contains("kdn0", StringComparison.Ordinal);
}
