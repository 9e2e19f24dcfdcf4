namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>What is wrong with groups is said before anything happens.</summary>
public sealed class SyncGroupOptionsTests
{
    private static readonly VirtualRouterOptions[] Routers = [Router("A"), Router("B")];

    [Test]
    public void Validate_MembersThatExist_IsFine() =>
        Assert.That(() => VrrpSyncGroupOptions.Validate([Group("G", "A", "B")], Routers), Throws.Nothing);

    [TestCase("has no members")]
    [TestCase("does not exist", "A", "C")]
    [TestCase("in the sync groups", "A", "A")]
    public void Validate_WrongMembers_Throws(string message, params string[] members) => Assert.That(
        () => VrrpSyncGroupOptions.Validate([Group("G", members)], Routers), Throws.ArgumentException.With.Message.Contains(message));

    [Test]
    public void Validate_TwoGroups_EachRouterIsInOneOnly() => Assert.That(
        () => VrrpSyncGroupOptions.Validate([Group("G", "A"), Group("H", "A")], Routers),
        Throws.ArgumentException.With.Message.Contains("'G' and 'H'"));

    [Test]
    public void Validate_TheSameNameTwice_Throws() => Assert.That(
        () => VrrpSyncGroupOptions.Validate([Group("G", "A"), Group("G", "B")], Routers),
        Throws.ArgumentException.With.Message.Contains("two sync groups"));

    [Test]
    public void Equals_ComparesMembers()
    {
        var group = Group("G", "A", "B");
        Assert.That(group, Is.EqualTo(group with { Members = ["A", "B"] }));
        Assert.That(group, Is.Not.EqualTo(group with { Members = ["B", "A"] }));
    }

    private static VrrpSyncGroupOptions Group(string name, params string[] members) => new() { Name = name, Members = [.. members] };

    private static VirtualRouterOptions Router(string name) => new() { Name = name, VirtualRouterId = 1 };
}
