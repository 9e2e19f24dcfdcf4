namespace Keepalived.Netlink.Tests;

public sealed class PlaceholderTests
{
    [Test]
    public void Runs() => Assert.Pass();
}
