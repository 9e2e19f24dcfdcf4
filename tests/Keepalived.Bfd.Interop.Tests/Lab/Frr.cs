using Keepalived.Bfd.Tests.Transport;

namespace Keepalived.Bfd.Interop.Tests.Lab;

/// <summary>FRR's bfdd at station b, with the zebra that tells it of interfaces.</summary>
internal sealed class Frr : Peer
{
    private readonly string _zebra = Require("/usr/lib/frr/zebra");
    private readonly string _bfdd = Require("/usr/lib/frr/bfdd");
    private readonly string _vtysh = Require("/usr/bin/vtysh");
    private readonly string _peer;

    /// <summary>Starts it.</summary>
    /// <param name="link">The link.</param>
    /// <param name="peer">The peer statement, without its first word.</param>
    /// <param name="options">Options of the peer, one a line.</param>
    public Frr(TestLink link, string peer, params string[] options)
        : base(link)
    {
        _peer = peer;
        File.WriteAllText(Path.Combine(Folder, "zebra.conf"), string.Empty);
        File.WriteAllText(Path.Combine(Folder, "bfdd.conf"), $"bfd\n peer {peer}\n  {string.Join("\n  ", options)}\n exit\nexit\n");
        Run("chown", "-R", "frr:frr", Folder);
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        Start();
    }

    public const string OverIPv4 = "10.92.0.1 local-address 10.92.0.2 interface eth0";

    public void Start()
    {
        // bfdd asks zebra when it starts, and does not ask again for a while.
        Start(_zebra, "-f", At("zebra.conf"), "-i", At("zebra.pid"), "-z", At("zserv.api"), "--vty_socket", Folder, "-A", "127.0.0.1",
            "--log", "stdout");
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(10);
        while (!File.Exists(At("zserv.api")) && DateTime.UtcNow < deadline)
            Thread.Sleep(20);
        Start(_bfdd, "-f", At("bfdd.conf"), "-i", At("bfdd.pid"), "-z", At("zserv.api"), "--vty_socket", Folder, "--bfdctl", At("bfdd.sock"),
            "-A", "127.0.0.1", "--log", "stdout");
    }

    /// <summary>What bfdd tells of its sessions.</summary>
    public string Status => Run(_vtysh, "--vty_socket", Folder, "-c", "show bfd peers");

    /// <summary>What bfdd counted.</summary>
    public string Counters => Run(_vtysh, "--vty_socket", Folder, "-c", "show bfd peers counters");

    public bool IsUp => Status.Contains("Status: up", StringComparison.Ordinal);

    /// <summary>Says something in the context of the peer.</summary>
    public void Configure(string line) =>
        Run(_vtysh, "--vty_socket", Folder, "-c", "configure terminal", "-c", "bfd", "-c", $"peer {_peer}", "-c", line);

    private string At(string file) => Path.Combine(Folder, file);
}
