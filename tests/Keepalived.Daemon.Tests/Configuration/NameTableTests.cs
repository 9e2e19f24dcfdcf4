using Keepalived.Daemon.Configuration.Values.Routing;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class NameTableTests
{
    [Test]
    public void Add_KnownName_KeepsItsNumberIfItIsTheKernels()
    {
        var table = new NameTable(("static", 4));
        table.Add(["196 static", "0xc8 mine", "7\tmine # the administrator's"]);

        Assert.That(table.TryFind("static", 255, out var number), Is.True);
        Assert.That(number, Is.EqualTo(4));
        Assert.That(table.TryFind("mine", 255, out number), Is.True);
        Assert.That(number, Is.EqualTo(7));
    }
}
