namespace Keepalived.Vrrp.Tests;

public sealed class PlaceholderTests
{
    [Test]
    public void Runs() => Assert.Pass();
}
