using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Tests.Processes;

public sealed class RespawnPolicyTests
{
    private static readonly ProcessStatus Killed = new(0, 9);

    [Test]
    public void OnExit_YoungDeaths_DelaysGrowToAMinute()
    {
        var policy = new RespawnPolicy(noRespawn: false);

        var delays = Enumerable.Range(0, 10).Select(_ => policy.OnExit(Killed, 0).Delay / MonotonicClock.Second);

        Assert.That(delays, Is.EqualTo(new long[] { 0, 1, 2, 4, 8, 16, 32, 60, 60, 60 }));
    }

    [Test]
    public void OnExit_AfterAHealthyLife_RestartsAtOnce()
    {
        var policy = new RespawnPolicy(noRespawn: false);
        for (var death = 0; death < 5; death++)
            policy.OnExit(Killed, 0);

        Assert.That(policy.OnExit(Killed, RespawnPolicy.HealthyLife - 1).Delay, Is.EqualTo(16 * MonotonicClock.Second));
        Assert.That(policy.OnExit(Killed, RespawnPolicy.HealthyLife).Delay, Is.Zero);
        Assert.That(policy.OnExit(Killed, 0).Delay, Is.EqualTo(MonotonicClock.Second));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public void OnExit_PermanentFailure_StopsAllWithItsStatus(int code)
    {
        var decision = new RespawnPolicy(noRespawn: false).OnExit(new ProcessStatus(code, 0), RespawnPolicy.HealthyLife);

        Assert.That(decision, Is.EqualTo(new RespawnDecision(RespawnAction.StopAll, 0, code)));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(70)]
    [TestCase(255)]
    public void OnExit_OtherStatus_Restarts(int code) =>
        Assert.That(new RespawnPolicy(noRespawn: false).OnExit(new ProcessStatus(code, 0), 0).Action, Is.EqualTo(RespawnAction.Respawn));

    [Test]
    public void OnExit_WithoutRespawn_StopsAllWithSuccess() =>
        Assert.That(new RespawnPolicy(noRespawn: true).OnExit(Killed, 0), Is.EqualTo(new RespawnDecision(RespawnAction.StopAll, 0, 0)));

    [Test]
    public void OnExit_WithoutRespawn_APermanentFailureKeepsItsStatus() =>
        Assert.That(new RespawnPolicy(noRespawn: true).OnExit(new ProcessStatus(2, 0), 0).ExitCode, Is.EqualTo(2));

    [TestCase(0x0000, 0, 0)]
    [TestCase(0x0200, 2, 0)]
    [TestCase(0xff00, 255, 0)]
    [TestCase(0x0009, 0, 9)]
    [TestCase(0x008b, 0, 11)]
    public void ProcessStatus_WaitWord_IsDecoded(int word, int code, int signal) =>
        Assert.That(ProcessStatus.FromWait(word), Is.EqualTo(new ProcessStatus(code, signal)));
}
