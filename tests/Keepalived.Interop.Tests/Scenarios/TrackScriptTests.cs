using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Scripts that watch the service behind the address.</summary>
internal sealed class TrackScriptTests : ScenarioFixture
{
    private static readonly VrrpInstance Instance = new() { Interval = 0.2 };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-script")]
    public void Script_FailsAndRecovers_FaultTakeoverAndReturn(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Script(link, weight: 0), Tracking(200));
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 6);

        File.WriteAllText(Alarm(link), "");
        b.ExpectHolding(Lan.Vip, 5);
        a.ExpectNotHolding(Lan.Vip, 2);
        a.ExpectLog("Entering FAULT STATE", 1);

        File.Delete(Alarm(link));
        a.ExpectHolding(Lan.Vip, 6);
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-script-weight"), Scenario("weights-sum-and-clamp")]
    public void Script_WithWeight_LowersThePriorityWhileItFails(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Script(link, weight: -40), Tracking(120));
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 6);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 120);

        File.WriteAllText(Alarm(link), "");
        b.ExpectHolding(Lan.Vip, 6);
        Assert.That(link.Wire.Adverts("a").Any(frame => frame.Advert!.Priority == 80), Is.True, "advertised the lower priority");

        File.Delete(Alarm(link));
        a.ExpectHolding(Lan.Vip, 6);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 120);
    }

    private static VrrpInstance Tracking(int priority) =>
        Instance with { Priority = priority, Lines = ["track_script {", "    service", "}"] };

    private static string Alarm(Lan link) => Path.Combine(link.Folder, "alarm");

    /// <summary>Fails while the alarm file is there.</summary>
    private static string Script(Lan link, int weight)
    {
        var path = Path.Combine(link.Folder, "service.sh");
        File.WriteAllText(path, $"#!/bin/sh\ntest ! -e {Alarm(link)}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            vrrp_script service {
                script "{{path}}"
                interval 1
                timeout 1
                rise 1
                fall 1
                weight {{weight}}
            }
            """);
    }
}
