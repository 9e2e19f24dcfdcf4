using NUnit.Framework.Interfaces;

namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// Base of the scenarios: makes links, removes them whatever happens, checks every frame that a router sent, and on a failure tells what
/// was on the wire and in the logs.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class ScenarioFixture
{
    private const int FramesShown = 60;
    private readonly List<Lan> _links = [];

    [SetUp]
    public void CheckMachine()
    {
        Requirement.Root();
        Requirement.Tool("ip");
    }

    [TearDown]
    public void CheckWireAndRemoveLinks()
    {
        try
        {
            var bad = _links.SelectMany(link => link.Wire.Frames).Where(IsDefective).Take(10);
            string[] defects = [.. bad.Select(frame => frame.ToString())];
            var failed = TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed;
            if (failed || (defects.Length > 0 && !AllowsDefects))
                Tell();
            if (!AllowsDefects)
                Assert.That(defects, Is.Empty, "frames that break the protocol");
        }
        finally
        {
            foreach (var link in _links)
                link.Dispose();
        }
    }

    /// <summary>Set by a scenario whose configuration makes the routers send what a strict receiver would object to.</summary>
    protected bool AllowsDefects { get; set; }

    protected Lan Link(params string[] routers)
    {
        var link = new Lan(routers);
        _links.Add(link);
        return link;
    }

    private static bool IsDefective(Wire.Frame frame) =>
        frame.Advert is { Defects.Count: > 0 } || frame.Announcement is { Defects.Count: > 0 };

    private void Tell()
    {
        foreach (var link in _links)
        {
            var known = link.Wire.Frames.Where(frame => frame.Advert is not null || frame.Announcement is not null || frame.Bfd is not null);
            foreach (var frame in known.TakeLast(FramesShown))
                TestContext.Out.WriteLine(frame);
            foreach (var router in link.Routers)
            {
                TestContext.Out.WriteLine($"--- {router}: {File.ReadAllText(router.ConfigurationFile)}");
                foreach (var line in router.Log)
                    TestContext.Out.WriteLine(line);
            }
        }
    }
}
