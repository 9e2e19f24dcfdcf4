using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>
/// Somebody on the link who sends whatever may do harm, some thousand frames a second of each kind, at a master and a backup. Who may not
/// be obeyed changes nothing; and nobody makes the routers flood the link or the log.
/// </summary>
internal sealed class HostilePeerTests : ScenarioFixture
{
    private const int PerSecond = 3000;
    private const int MostAnswersOfAnInterval = 5;
    private const int MostLines = 25;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.4);

    [Test, Scenario("hostile-v3")]
    public void Version3_NothingButWhatMustBeObeyedHasAnEffect() => Attack(new VrrpInstance { Interval = 0.4 }, static _ => HostileAdverts.Version3(40));

    [Test, Scenario("hostile-v2")]
    public void Version2_NothingHasAnEffect() => Attack(new VrrpInstance { Version = 2, Interval = 1 }, static _ => HostileAdverts.Version2(1, ""));

    [Test, Scenario("hostile-v2-password")]
    public void Version2WithAPassword_NothingHasAnEffect() => Attack(
        new VrrpInstance { Version = 2, Interval = 1, Lines = ["authentication {", "auth_type PASS", "auth_pass secret", "}"] },
        static _ => HostileAdverts.Version2(1, "secret"));

    [Test, Scenario("hostile-ah")]
    public void AuthenticationHeaders_NothingHasAnEffect() => Attack(
        new VrrpInstance { Version = 2, Interval = 1, Lines = ["authentication {", "auth_type AH", "auth_pass secret", "}"] },
        static recorded => HostileAdverts.Authenticated(1, recorded));

    [Test, Scenario("hostile-ipv6")]
    public void IPv6_NothingHasAnEffect() => Attack(
        new VrrpInstance { Interval = 0.4, Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }, static recorded => HostileAdverts.IPv6(recorded));

    private void Attack(VrrpInstance instance, Func<byte[][], HostileAdverts[]> attacks)
    {
        if (Pairs.Oracle)
            Assert.Ignore("every bad frame restarts the real one's advertisement timer");
        AllowsDefects = true;
        var link = Link("a", "b");
        var vip = instance.Addresses[^1].Split('/')[0];
        var a = link.Start(Build.Ours, "a", instance with { Priority = 200 });
        a.ExpectHolding(vip, 10);
        var b = link.Start(Build.Ours, "b", instance);
        b.ExpectLog("Entering BACKUP STATE", 8);
        link.Wire.Advert("a", TimeSpan.FromSeconds(3), WallClock.Now);
        var (first, second) = (a.VrrpPid, b.VrrpPid);
        using var stranger = new Injector(link);

        foreach (var attack in attacks([.. link.Wire.Adverts("a").Select(static frame => frame.Bytes)]))
        {
            var (before, since) = (a.Log.Count + b.Log.Count, WallClock.Now);
            stranger.Flood(attack.Frames, PerSecond, Duration);
            var took = WallClock.Between(since, WallClock.Now).TotalSeconds;
            if (attack.IsObeyed)
                Settle();
            var said = link.Wire.Adverts("a", since).Concat(link.Wire.Adverts("b", since)).ToList();
            var lines = a.Log.Concat(b.Log).Skip(before).ToArray();
            Assert.Multiple(() =>
            {
                Assert.That((a.Holds(vip), b.Holds(vip)), Is.EqualTo((true, false)), $"{attack.Name}: who is master");
                Assert.That(
                    said, Has.Count.LessThan((MostAnswersOfAnInterval + 1) * (2 + (took / instance.Interval))), $"{attack.Name}: adverts of both");
                if (!attack.IsObeyed)
                    Assert.That(said.Where(static frame => frame.Port == "b" || frame.Advert!.Priority != 200), Is.Empty, $"{attack.Name}: adverts");
                Assert.That(lines, Has.Length.LessThan(MostLines), $"{attack.Name}: {string.Join('\n', lines.Take(60))}");
                Assert.That((a.VrrpPid, b.VrrpPid), Is.EqualTo((first, second)), $"{attack.Name}: both live");
            });
        }

        void Settle()
        {
            a.ExpectHolding(vip, 5);
            b.ExpectNotHolding(vip, 3);
            Thread.Sleep(200);
        }
    }
}
