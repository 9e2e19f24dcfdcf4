using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Tests.Logging;

public sealed class EventIdTests
{
    [Test]
    public void EventIds_OfTheDaemon_AreUnique()
    {
        var ids = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static method => (method.Name, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(static pair => pair.EventId is not null).ToList();
        Assert.That(ids, Has.Count.GreaterThan(100));
        Assert.That(ids.GroupBy(static pair => pair.EventId).Where(static group => group.Count() > 1).SelectMany(static group => group), Is.Empty);
        Assert.That(ids.Select(static pair => pair.EventId), Is.All.InRange(6000, 6999));
    }
}
