using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Differential.Tests.Lab;

/// <summary>
/// The network namespace and the folder in which both programs read a configuration: eth0 and eth1 (a veth pair), bond0 and br0 (bridges),
/// some of them with addresses.
/// </summary>
[SetUpFixture]
internal sealed class TestBed
{
    private static readonly Lazy<TestBed> Instance = new(static () => new TestBed(create: true));
    private static bool _created;
    private readonly string _namespace = "";
    private readonly string _folder = "";

    public TestBed()
    {
    }

    private TestBed(bool create)
    {
        _created = create;
        Namespaces.RemoveLeftovers();
        _folder = Directory.CreateTempSubdirectory("kdn-").FullName;
        _namespace = Namespaces.NextName();
        Command.Run("ip", ["netns", "add", _namespace]);
        Command.Run("ip", ["-n", _namespace, "-batch", "-"], """
            link set lo up
            link add eth0 type veth peer name eth1
            link add bond0 type bridge
            link add br0 type bridge
            link set eth0 up
            link set eth1 up
            link set bond0 up
            link set br0 up
            addr add 10.0.0.1/24 dev eth0
            addr add 10.0.1.1/24 dev eth1
            addr add 2001:db8::1/64 dev eth0 nodad
            addr add fe80::1/64 dev eth0 nodad
            """);
    }

    /// <summary>Where cases are written: a fresh folder for each.</summary>
    public static string NewFolder()
    {
        Require();
        return Directory.CreateDirectory(Path.Combine(Instance.Value._folder, Guid.NewGuid().ToString("N")[..12])).FullName;
    }

    /// <summary>Runs something on a thread inside the namespace; the processes that it starts are inside as well.</summary>
    public static T Run<T>(Func<T> work)
    {
        Require();
        return Namespaces.Run(Instance.Value._namespace, work);
    }

    /// <summary>The test is inconclusive without root, iproute2 and the original.</summary>
    public static void Require()
    {
        Requirement.Root();
        Requirement.Tool("ip");
        Requirement.Tool("keepalived");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (!_created)
            return;
        Namespaces.Remove([Instance.Value._namespace]);
        Directory.Delete(Instance.Value._folder, recursive: true);
    }
}
