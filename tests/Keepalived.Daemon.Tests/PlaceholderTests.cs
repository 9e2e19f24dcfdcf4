namespace Keepalived.Daemon.Tests;

public sealed class PlaceholderTests
{
    [Test]
    public void Runs() => Assert.Pass();
}
