using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What <c>bfd_instance</c> blocks come to.</summary>
public sealed class BfdModelTests
{
    [Test]
    public void Instance_WithEveryKeyword_IsComplete()
    {
        var instance = Load.Text("""
            bfd_instance one {
                neighbor_ip 192.0.2.2
                source_ip 192.0.2.1
                min_rx 50.5
                min_tx 60
                idle_tx 1500
                multiplier 3
                passive
                ttl 200
                max_hops 4
                multihop on
                weight -20 reverse
                vrrp
            }
            """).Configuration.BfdInstances.Single();
        Assert.That(instance, Is.EqualTo(new BfdInstanceConfiguration
        {
            Name = "one",
            NeighborAddress = InetAddress.Parse("192.0.2.2"),
            SourceAddress = InetAddress.Parse("192.0.2.1"),
            MinRx = TimeSpan.FromMilliseconds(50.5),
            MinTx = TimeSpan.FromMilliseconds(60),
            IdleTx = TimeSpan.FromMilliseconds(1500),
            Multiplier = 3,
            IsPassive = true,
            HopLimit = 200,
            HasHopLimit = true,
            MaxHops = 4,
            IsMultihop = true,
            Weight = -20,
            Reverse = true,
            ForChecker = false,
        }));
        Assert.That(instance.Position.Location.Line, Is.EqualTo(1));
    }

    [TestCase("192.0.2.2", "", 255, 0)]
    [TestCase("2001:db8::2", "", 64, 0)]
    [TestCase("2001:db8::2", "hoplimit 9", 9, 0)]
    [TestCase("192.0.2.2", "ttl 3\nmax_hops 7", 3, 3)]
    [TestCase("192.0.2.2", "max_hops -1", 255, null)]
    [TestCase("192.0.2.2", "max_hops 255", 255, null)]
    public void Hops_AreThoseOfTheFamilyUnlessSaid(string neighbor, string lines, int hopLimit, int? maxHops)
    {
        var instance = Load.Text($"bfd_instance a {{\nneighbour_ip {neighbor}\n{lines}\n}}").Configuration.BfdInstances.Single();
        Assert.That(((int)instance.HopLimit, (int?)instance.MaxHops), Is.EqualTo((hopLimit, maxHops)));
    }

    [TestCase("", true, true)]
    [TestCase("vrrp", true, false)]
    [TestCase("checker", false, true)]
    [TestCase("vrrp\nchecker", true, true)]
    public void Listeners_AreAllUnlessSomeAreNamed(string lines, bool vrrp, bool checker)
    {
        var instance = Load.Text($"bfd_instance a {{\nneighbor_ip 192.0.2.2\n{lines}\n}}").Configuration.BfdInstances.Single();
        Assert.That((instance.ForVrrp, instance.ForChecker), Is.EqualTo((vrrp, checker)));
    }

    [TestCase("source_ip 2001:db8::1\nneighbor_ip 192.0.2.2", 0)]
    [TestCase("neighbor_ip 192.0.2.9", 1, Description = "a session with the same neighbour stays the only one")]
    [TestCase("min_rx 20", 0)]
    public void Instances_ThatCannotBe_AreLeftOut(string lines, int expected)
    {
        var result = Load.Text($"bfd_instance a {{\n{lines}\n}}\nbfd_instance b {{\n{lines}\n}}");
        Assert.That((result.Configuration.BfdInstances.Count, result.TestExitCode), Is.EqualTo((expected, 5)));
    }
}
