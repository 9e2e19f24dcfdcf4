using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class RoleMessageTests
{
    [TestCase("")]
    [TestCase("because of ü")]
    public void Write_ThenRead_GivesTheSame(string text)
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];
        var message = new RoleMessage(RoleMessageKind.ReloadFailed, text);

        var read = RoleMessage.TryRead(bytes[..message.Write(bytes)], out var back);

        Assert.That(read, Is.True);
        Assert.That(back, Is.EqualTo(message));
    }

    [Test]
    public void Write_LongText_IsCutOnACharacter()
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];

        var length = new RoleMessage(RoleMessageKind.ReloadFailed, "x" + new string('ü', 2000)).Write(bytes);

        Assert.That(length, Is.InRange(RoleMessage.MaximumLength - 1, RoleMessage.MaximumLength));
        Assert.That(RoleMessage.TryRead(bytes[..length], out var back), Is.True);
        Assert.That(back.Text, Does.EndWith("ü").And.Not.Contain("\ufffd"));
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 2, 1 })]
    [TestCase(new byte[] { 1, 0 })]
    [TestCase(new byte[] { 1, 200, 65 })]
    public void TryRead_SomethingElse_IsRefused(byte[] bytes) => Assert.That(RoleMessage.TryRead(bytes, out _), Is.False);

    [Test]
    public void Assignment_ThroughTheEnvironment_ArrivesUnchanged()
    {
        var assignment = new RoleAssignment(DaemonRole.Vrrp, 42, 5, 6, [7], 8, new ScriptLimits(1024, ulong.MaxValue, 0, 1));

        var environment = assignment.AddTo(["A=b", "KEEPALIVED_ROLE=old", "C=d"]);

        Assert.That(environment, Has.Count.EqualTo(3).And.Contains("A=b").And.Contains("C=d"));
        var back = RoleAssignment.Parse(environment.Single(entry => entry.StartsWith("KEEPALIVED_ROLE=", StringComparison.Ordinal))[16..]);
        Assert.That(back.ToString(), Is.EqualTo(assignment.ToString()));
        Assert.That(back.PidFiles, Is.EqualTo(assignment.PidFiles));
        Assert.That(back.BfdEvents, Is.EqualTo(8));
        Assert.That(back.Limits, Is.EqualTo(assignment.Limits));
        Assert.That(back.IsRestart, Is.False);
        Assert.That(RoleAssignment.Parse((assignment with { IsRestart = true }).ToString()), Has.Property("IsRestart").True);
    }

    [Test]
    public void OfQuorum_ThenRead_TellsNameAndState([Values] bool hasQuorum)
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];
        var length = RoleMessage.OfQuorum("group web", hasQuorum).Write(bytes);
        Assert.That(RoleMessage.TryRead(bytes[..length], out var back), Is.True);
        Assert.That((back.Kind, back.IsNews, back.NewsName, back.NewsState), Is.EqualTo((RoleMessageKind.QuorumState, true, "group web", hasQuorum)));
        Assert.That(new RoleMessage(RoleMessageKind.QuorumState, "+").IsNews, Is.False, "it names nothing");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void OfInstance_ThenRead_TellsNameAndState(bool isMaster)
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];

        var read = RoleMessage.TryRead(bytes[..RoleMessage.OfInstance("VI 1", isMaster).Write(bytes)], out var back);

        Assert.That(read, Is.True);
        Assert.That(back, Is.EqualTo(new RoleMessage(RoleMessageKind.InstanceState, isMaster ? "+VI 1" : "-VI 1")));
    }

    [TestCase("")]
    [TestCase("vrrp")]
    [TestCase("Vrrp:1:2:3:4")]
    [TestCase("Vrrp:1:2:3:4,5:-1:")]
    [TestCase("Supervisor:1:2:3:4:-1:")]
    [TestCase("Nobody:1:2:3:4:-1:")]
    [TestCase("Vrrp:x:2:3:4:-1:")]
    [TestCase("Vrrp:1:2:3:4:x:")]
    public void Assignment_NotOurs_IsRefused(string text) =>
        Assert.That(() => RoleAssignment.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("KEEPALIVED_ROLE"));
}
