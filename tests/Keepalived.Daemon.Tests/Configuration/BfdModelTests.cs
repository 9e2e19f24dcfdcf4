namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What <c>bfd_instance</c> blocks come to.</summary>
public sealed class BfdModelTests
{
    [Test]
    public void Instance_KnowsWhereItStands() => Assert.That(
        Load.Text("\nbfd_instance one {\nneighbor_ip 192.0.2.2\n}").Configuration.BfdInstances.Single().Position.Location.Line, Is.EqualTo(2));

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
