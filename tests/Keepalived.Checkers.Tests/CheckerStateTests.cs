namespace Keepalived.Checkers.Tests;

public sealed class CheckerStateTests
{
    private static readonly CheckPolicy Policy = new()
    {
        DelayLoop = TimeSpan.FromSeconds(60),
        DelayBeforeRetry = TimeSpan.FromSeconds(1),
        Retries = 2,
    };

    /// <summary>
    /// Each result is + or - or ! (a local error); what follows is U or D (a change), u or d (said, and no change) or a dot, then R or L
    /// for the pause.
    /// </summary>
    [TestCase("+", "uL", TestName = "{m}: a first success is said, and no change")]
    [TestCase("+++", "uL .L .L", TestName = "{m}: later successes say nothing")]
    [TestCase("-", "DL", TestName = "{m}: the first failure decides")]
    [TestCase("+---", "uL .R .R DL", TestName = "{m}: retries come first")]
    [TestCase("+--+---", "uL .R .R .L .R .R DL", TestName = "{m}: a success forgives the failures before it")]
    [TestCase("----", "DL .L .L .L", TestName = "{m}: a server that is down has no retries")]
    [TestCase("-+", "DL UL", TestName = "{m}: one success recovers")]
    [TestCase("-+---", "DL UL .R .R DL", TestName = "{m}: retries are back after recovery")]
    [TestCase("!!-", ".L .L DL", TestName = "{m}: local errors are no results")]
    [TestCase("+-!--", "uL .R .L .R DL", TestName = "{m}: a local error does not count as a retry")]
    public void Results_OfAPlainChecker_FollowTheTable(string results, string expected) => Play(Policy, results, expected);

    [TestCase("+", "UL", TestName = "{m}: a success brings it up")]
    [TestCase("-", "dL", TestName = "{m}: a failure is said once, and no change")]
    [TestCase("--+", "dL .L UL", TestName = "{m}: one success is enough")]
    [TestCase("-+---", "dL UL .R .R DL", TestName = "{m}: later failures have their retries")]
    public void Results_OfAnAlphaChecker_StartAsDown(string results, string expected) =>
        Play(Policy with { Alpha = true }, results, expected);

    [TestCase("---", ".R .R DL", TestName = "{m}: the first failure does not decide")]
    [TestCase("--- --- +", ".R .R DL .R .R .L UL", TestName = "{m}: retries go on while it is down")]
    public void Results_OfAnSmtpLikeChecker_RetryAlways(string results, string expected) =>
        Play(Policy with { FirstFailureDecides = false, RetryWhileDown = true }, results, expected);

    [Test]
    public void Results_WithRise_NeedAsManySuccessesInARow() =>
        Play(Policy with { Rise = 3 }, "-++-+++", "DL .L .L .L .L .L UL");

    [Test]
    public void Results_WithoutRetries_DecideAtOnce() => Play(Policy with { Retries = 0 }, "+-+-", "uL DL UL DL");

    [Test]
    public void LogAttempt_OfFailures_OnlyWhileUpAndAskedFor()
    {
        var state = new CheckerState(Policy with { LogAllFailures = true });
        Assert.That(Logged("+---+-"), Is.EqualTo(".xxx.x"));
        var silent = new CheckerState(Policy);
        Assert.That(silent.HandleResult(CheckResult.Failure("no")).LogAttempt, Is.False);

        string Logged(string results) => string.Concat(results.Select(c => state.HandleResult(Result(c)).LogAttempt ? 'x' : '.'));
    }

    [Test]
    public void Retries_OfADecision_AreSaidWhenThereWereSome()
    {
        var state = new CheckerState(Policy);
        Assert.That(state.HandleResult(Result('-')).Retries, Is.Zero, "the first result decided without");
        state.HandleResult(Result('+'));
        state.HandleResult(Result('-'));
        state.HandleResult(Result('-'));
        Assert.That(state.HandleResult(Result('-')).Retries, Is.EqualTo(2));
    }

    [Test]
    public void Inherit_FromAnOldState_KeepsItAndTheNewPolicy()
    {
        var old = new CheckerState(Policy);
        foreach (var c in "+--")
            old.HandleResult(Result(c));
        var renewed = new CheckerState(Policy with { Retries = 1, Alpha = true });
        renewed.Inherit(old);
        Assert.That((renewed.IsUp, renewed.HasRun), Is.EqualTo((true, true)));
        Assert.That(renewed.HandleResult(Result('-')).Decision, Is.EqualTo(CheckDecision.Down), "two failures are more than one retry");
    }

    [Test]
    public void Inherit_FromAStateThatNeverRan_LetsTheFirstFailureDecide()
    {
        var renewed = new CheckerState(Policy);
        renewed.Inherit(new CheckerState(Policy with { Retries = 0 }));
        Assert.That(renewed.HandleResult(Result('-')).Decision, Is.EqualTo(CheckDecision.Down));
    }

    [Test]
    public void Policy_OutOfRange_IsRefused()
    {
        Assert.That(() => new CheckerState(Policy with { DelayLoop = TimeSpan.Zero }), Throws.ArgumentException);
        Assert.That(() => new CheckerState(Policy with { DelayBeforeRetry = TimeSpan.FromTicks(-1) }), Throws.ArgumentException);
        Assert.That(() => new CheckerState(Policy with { WarmUp = TimeSpan.FromTicks(-1) }), Throws.ArgumentException);
        Assert.That(() => new CheckerState(Policy with { Rise = 0 }), Throws.ArgumentException);
    }

    private static CheckResult Result(char c) => c switch
    {
        '+' => CheckResult.Success,
        '-' => CheckResult.Failure("no"),
        _ => CheckResult.LocalError("not here"),
    };

    private static void Play(CheckPolicy policy, string results, string expected)
    {
        var state = new CheckerState(policy);
        Assert.That(state.IsUp, Is.EqualTo(!policy.Alpha));
        var played = results.Where(c => c != ' ').Select(c => Format(state.HandleResult(Result(c)), policy)).ToList();
        Assert.That(string.Join(' ', played), Is.EqualTo(expected));
    }

    internal static string Format(CheckVerdict verdict, CheckPolicy policy)
    {
        var decision = verdict.Decision switch
        {
            CheckDecision.Up => verdict.IsChange ? 'U' : 'u',
            CheckDecision.Down => verdict.IsChange ? 'D' : 'd',
            _ => '.',
        };
        var pause = '?';
        if (verdict.Delay == policy.DelayLoop)
            pause = 'L';
        else if (verdict.Delay == policy.DelayBeforeRetry)
            pause = 'R';
        else if (verdict.Delay == TimeSpan.Zero)
            pause = '0';
        return $"{decision}{pause}";
    }
}
