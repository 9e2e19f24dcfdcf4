using System.Text;
using Keepalived.Bfd.Wire;
namespace Keepalived.Bfd.Tests;

public sealed class SessionOptionsTests
{
    private static readonly BfdSessionOptions Default = new();

    private static readonly BfdSessionOptions[] Bad =
    [
        Default with { DesiredMinTxInterval = TimeSpan.FromTicks(1) },
        Default with { DesiredMinTxInterval = TimeSpan.FromTicks(10_001) },
        Default with { RequiredMinRxInterval = TimeSpan.Zero },
        Default with { RequiredMinRxInterval = BfdSessionOptions.MaxInterval + TimeSpan.FromMicroseconds(1) },
        Default with { SlowTxInterval = TimeSpan.FromMilliseconds(999) },
        Default with { EchoTxInterval = TimeSpan.FromSeconds(-1) },
        Default with { RequiredMinEchoRxInterval = TimeSpan.FromSeconds(-1) },
        Default with { RequiredMinRxIntervalWithEcho = TimeSpan.FromSeconds(-1) },
        Default with { DemandPollInterval = TimeSpan.FromSeconds(-1) },
        Default with { DetectMultiplier = 0 },
        Default with { DetectMultiplier = 256 },
        Default with { EchoDetectMultiplier = 0 },
        Default with { MinimumHopLimit = -1 },
        Default with { MinimumHopLimit = 256 },
        Default with { Role = (BfdRole)2 },
    ];

    [TestCaseSource(nameof(Bad))]
    public void Validate_OutOfRange_Throws(BfdSessionOptions options) =>
        Assert.That(options.Validate, Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Validate_DefaultsAndExtremes_Pass()
    {
        Assert.That(Default.Validate, Throws.Nothing);
        var most = BfdSessionOptions.MaxInterval;
        Assert.That(
            (Default with { DesiredMinTxInterval = most, RequiredMinRxInterval = most, SlowTxInterval = most }).Validate, Throws.Nothing);
        var least = TimeSpan.FromMicroseconds(1);
        Assert.That((Default with { DesiredMinTxInterval = least, RequiredMinRxInterval = least }).Validate, Throws.Nothing);
        Assert.That(new BfdEchoSessionOptions().Validate, Throws.Nothing);
        Assert.That(
            (new BfdEchoSessionOptions() with { TransmitInterval = TimeSpan.Zero }).Validate, Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Keys_OfTheSameValue_MakeEqualOptions()
    {
        static BfdSessionOptions With(byte signing, string secret) => new()
        {
            Authentication = new BfdKeyChain(
                signing, new BfdKey(1, BfdAuthenticationType.KeyedSha1, Encoding.UTF8.GetBytes(secret)),
                new BfdKey(2, BfdAuthenticationType.KeyedMd5, "second"u8)),
        };
        var (one, same) = (With(1, "first"), With(1, "first"));
        Assert.That(same, Is.EqualTo(one));
        Assert.That(same.GetHashCode(), Is.EqualTo(one.GetHashCode()));
        Assert.That(With(2, "first"), Is.Not.EqualTo(one));
        Assert.That(With(1, "other"), Is.Not.EqualTo(one));
    }
}
