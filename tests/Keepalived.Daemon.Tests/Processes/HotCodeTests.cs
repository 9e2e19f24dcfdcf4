using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

[TestFixture]
public sealed class HotCodeTests
{
    [Test]
    public void Code_that_is_compiled_at_run_time_has_no_place_of_its_own()
    {
        Assert.That(HotCode.OfRouters, Is.Null);
        Assert.That(HotCode.OfChecks, Is.Null);
    }
}
