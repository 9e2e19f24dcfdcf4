using Keepalived.Bfd.Tests.Transport;

namespace Keepalived.Bfd.Interop.Tests.Lab;

/// <summary>BIRD at station b.</summary>
internal sealed class Bird : Peer
{
    private readonly string _program = Require("/usr/sbin/bird");
    private readonly string _client = Require("/usr/sbin/birdc");

    /// <summary>Starts it.</summary>
    /// <param name="link">The link.</param>
    /// <param name="neighbor">The neighbour statement.</param>
    /// <param name="session">Options of its sessions.</param>
    public Bird(TestLink link, string neighbor, string session = "")
        : base(link)
    {
        Configure(neighbor, session);
        Start();
    }

    public const string OverIPv4 = "neighbor 10.92.0.1 dev \"eth0\" local 10.92.0.2;";

    private string Socket => Path.Combine(Folder, "bird.ctl");

    public void Start() => Start(_program, "-f", "-c", Path.Combine(Folder, "bird.conf"), "-s", Socket, "-P", Path.Combine(Folder, "bird.pid"));

    /// <summary>Asks for a new configuration to be read.</summary>
    public void Reconfigure(string neighbor, string session)
    {
        Configure(neighbor, session);
        Assert.That(Ask("configure"), Does.Contain("Reconfigured").Or.Contain("Reconfiguration"));
    }

    /// <summary>Says a command and returns the answer.</summary>
    public string Ask(params string[] command) => Run(_client, ["-s", Socket, .. command]);

    /// <summary>Whether BIRD says that its session is up.</summary>
    public bool IsUp => Ask("show", "bfd", "sessions").Split('\n').Any(static line => line.StartsWith("10.92.0.1", StringComparison.Ordinal)
        ? line.Contains(" Up ", StringComparison.Ordinal)
        : line.StartsWith("fe80::1", StringComparison.Ordinal) && line.Contains(" Up ", StringComparison.Ordinal));

    private void Configure(string neighbor, string session) => File.WriteAllText(
        Path.Combine(Folder, "bird.conf"),
        $$"""
        log stderr all;
        router id 10.92.0.2;
        protocol device {}
        protocol bfd bfd1 {
            interface "eth0" { min rx interval 20 ms; min tx interval 20 ms; multiplier 50; {{session}} };
            multihop { min rx interval 20 ms; min tx interval 20 ms; multiplier 50; {{session}} };
            {{neighbor}}
        }
        """);
}
