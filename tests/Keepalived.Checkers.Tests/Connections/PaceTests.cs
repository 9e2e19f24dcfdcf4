using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Tests.Connections;

public sealed class PaceTests
{
    [TestCase(0, 0, 0)]
    [TestCase(Pace.FreeBytes, 0, 0, Description = "as much as nearly every page has")]
    [TestCase(Pace.FreeBytes + 1000, 0, 0, Description = "too short a pause to make")]
    [TestCase(Pace.FreeBytes + Pace.BytesPerSecond, 0, 1000)]
    [TestCase(Pace.FreeBytes + Pace.BytesPerSecond, 400, 600)]
    [TestCase(Pace.FreeBytes + Pace.BytesPerSecond, 1000, 0, Description = "no faster than allowed")]
    [TestCase(1L << 40, 60_000, 65_475_750)]
    public void PauseOf_Bytes_HoldsTheRate(long received, int elapsed, int pause) =>
        Assert.That(Pace.PauseOf(received, TimeSpan.FromMilliseconds(elapsed)).TotalMilliseconds, Is.EqualTo(pause).Within(1));

    [Test]
    public void PauseOf_Datagrams_IsMadeOnceForMany()
    {
        var pauses = Enumerable.Range(1, 320).Select(Pace.PauseOf).Where(static pause => pause > TimeSpan.Zero).ToList();
        Assert.That(pauses, Has.Count.EqualTo(10).And.All.EqualTo(TimeSpan.FromMilliseconds(5)));
    }
}
