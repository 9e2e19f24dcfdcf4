using Keepalived.Checkers.Http;

namespace Keepalived.Checkers.Tests.Http;

public sealed class HttpCheckerStateTests
{
    private static readonly CheckPolicy Policy = new()
    {
        DelayLoop = TimeSpan.FromSeconds(60),
        DelayBeforeRetry = TimeSpan.FromSeconds(3),
        Retries = 1,
    };

    /// <summary>As in <see cref="CheckerStateTests"/>; the digit is the URL that is next, 0 for the pause is none at all.</summary>
    [TestCase(1, "++", "uL0 .L0", TestName = "{m}: a pass is one URL")]
    [TestCase(1, "-", "DL0", TestName = "{m}: the first failure decides")]
    [TestCase(1, "+--", "uL0 .R0 DL0", TestName = "{m}: one retry")]
    [TestCase(1, "+--++", "uL0 .R0 DL0 .L0 UL0", TestName = "{m}: two successes to come back")]
    [TestCase(1, "+--+-+", "uL0 .R0 DL0 .L0 .R0 UL0", TestName = "{m}: a failure on the way up costs a pause only")]
    [TestCase(3, "++++", ".L1 .L2 uL0 .L1", TestName = "{m}: up after all of them")]
    [TestCase(3, "++-", ".L1 .L2 DL2", TestName = "{m}: one failure decides before the first pass has ended")]
    [TestCase(3, "++++--++++", ".L1 .L2 uL0 .L1 .R1 DL1 .L0 .L1 .L2 UL0", TestName = "{m}: the failed one, then a whole pass")]
    [TestCase(2, "++!-!-", ".L1 uL0 .L0 .R0 .L0 DL0", TestName = "{m}: local errors are no results")]
    public void Results_OfUrlsInTurn_FollowTheTable(int urls, string results, string expected) =>
        Play(Policy, urls, false, results, expected);

    [TestCase(2, "-+++", ".L0 .L0 .L1 UL0", TestName = "{m}: its first failure says nothing")]
    [TestCase(2, "++", ".L1 UL0", TestName = "{m}: up after a pass")]
    public void Results_OfAnAlphaChecker_StartAsDown(int urls, string results, string expected) =>
        Play(Policy with { Alpha = true }, urls, false, results, expected);

    [Test]
    public void Results_WithFastRecovery_HurryWhileTheServerIsNotUp() =>
        Play(Policy, 2, true, "++++--+++", ".01 uL0 .L1 .L0 .R0 DL0 .00 .01 UL0");

    [Test]
    public void Inherit_FromAnOldState_RemembersTheUrlThatFailed()
    {
        var old = new HttpCheckerState(Policy, 2);
        old.HandleResult(CheckResult.Success);
        old.HandleResult(CheckResult.Failure("no"));
        var renewed = new HttpCheckerState(Policy, 2);
        renewed.Inherit(old);
        Assert.That((renewed.IsUp, renewed.CurrentUrl), Is.EqualTo((false, 1)));
        renewed.HandleResult(CheckResult.Success);
        Assert.That(renewed.CurrentUrl, Is.Zero, "the failed one has succeeded: a new pass begins");
    }

    private static void Play(CheckPolicy policy, int urls, bool fast, string results, string expected)
    {
        var state = new HttpCheckerState(policy, urls, fast);
        var played = results.Select(c =>
        {
            var verdict = state.HandleResult(c switch
            {
                '+' => CheckResult.Success,
                '-' => CheckResult.Failure("no"),
                _ => CheckResult.LocalError("not here"),
            });
            return $"{CheckerStateTests.Format(verdict, policy)}{state.CurrentUrl}";
        }).ToList();
        Assert.That(string.Join(' ', played), Is.EqualTo(expected));
    }
}
