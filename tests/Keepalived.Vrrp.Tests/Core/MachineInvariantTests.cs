using CsCheck;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>What holds whatever happens: random inputs in random order.</summary>
public sealed class MachineInvariantTests
{
    private static readonly Gen<Step> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Byte, Gen.Int[1, 6000], Gen.Bool).Select(
            static (kind, number, milliseconds, flag) => new Step(kind, number, milliseconds, flag));

    [Test]
    public void AnyInputs_TheInvariantsHold() =>
        Gen.Select(Gen.Int[0, 7], Steps.Array[1, 60]).Sample(
            static (kind, steps) =>
            {
                var observer = new Observer(new RouterHarness(OptionsOf(kind)).Start());
                foreach (var step in steps)
                {
                    Apply(observer.Harness, step);
                    observer.Check();
                }

                return true;
            },
            iter: 3000);

    [Test]
    public void AnyBytes_HandleDatagramNeverThrowsAndRarelyAccepts() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Bool).Sample(static (bytes, isIPv6) =>
        {
            var harness = new RouterHarness(isIPv6 ? RouterHarness.V3IPv6() : RouterHarness.V2()).Start();
            if (bytes.Length > 0 && !isIPv6)
                bytes[0] = 0x45;
            var source = isIPv6 ? InetAddress.Parse("fe80::1") : RouterHarness.LowerAddress;
            return harness.ReceivePacket(bytes, source) != VrrpDiscardReason.None;
        });

    private static VrrpRouterOptions OptionsOf(int kind) => kind switch
    {
        0 => RouterHarness.V2(),
        1 => RouterHarness.V3(255),
        2 => RouterHarness.V3() with { PreemptDelay = TimeSpan.FromSeconds(2) },
        3 => RouterHarness.V3() with { Preempt = false, LateTimerPeerPriority = 200 },
        4 => RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("key") },
        5 => RouterHarness.V3() with { Hmac = TestKeys.Hmac() },
        6 => RouterHarness.Unicast(RouterHarness.V2() with { Hmac = TestKeys.Hmac(VrrpHmacMode.Permissive) }, "10.9.0.1"),
        _ => RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.1") with { Announcements = new() { Refresh = TimeSpan.FromSeconds(1) } },
    };

    private static void Apply(RouterHarness harness, Step step)
    {
        var source = step.Flag ? RouterHarness.LowerAddress : RouterHarness.HigherAddress;
        switch (step.Kind)
        {
            case 0 or 1:
                harness.Elapse(step.Milliseconds * RouterHarness.Millisecond);
                break;
            case 2 or 3:
                harness.Receive(step.Number, source);
                break;
            case 4:
                harness.ReceiveChanged(step.Number, source, null, packet => packet[20 + (step.Milliseconds % 8)] ^= 0x10);
                break;
            case 5:
                harness.Do((router, now) => router.SetFault(new VrrpFault(VrrpFaultReason.InterfaceDown, step.Number % 2), step.Flag, now));
                break;
            case 6:
                harness.Do((router, now) => router.SetPriority(step.Milliseconds - 3000, now));
                break;
            case 7:
                harness.Do((router, now) => router.SetSourceAddress(step.Flag ? RouterHarness.OurAddress : InetAddress.None, now));
                break;
            case 8:
                harness.Do(static (router, now) => router.HandleAddressLost(now));
                break;
            default:
                Restart(harness, step.Flag);
                break;
        }
    }

    private static void Restart(RouterHarness harness, bool flag)
    {
        if (harness.Router.State == VrrpState.Initialize)
            harness.Start();
        else if (flag)
            harness.Do(static (router, now) => router.Stop(now));
        else
            harness.Do(static (router, now) => router.Reconfigure(router.Options with { DownTimerAdverts = 4 }, true, now));
    }

    private readonly record struct Step(int Kind, byte Number, int Milliseconds, bool Flag);

    /// <summary>Follows the actions as a driver would and compares with what the router says of itself.</summary>
    private sealed class Observer(RouterHarness harness)
    {
        private VrrpState _state;
        private bool _holds;
        private bool _resigned;
        private int _seen;

        public RouterHarness Harness { get; } = harness;

        public void Check()
        {
            for (; _seen < Harness.Log.Count; _seen++)
                Follow(Harness.Log[_seen].Action);
            var router = Harness.Router;
            Assert.That(
                _state == VrrpState.Initialize ? router.State is VrrpState.Initialize or VrrpState.Backup : router.State == _state,
                Is.True);
            Assert.That(_holds, Is.EqualTo(router.State == VrrpState.Master));
            Assert.That(_resigned, Is.False, "after priority 0 the addresses go");
            Assert.That(router.NextDeadline == MonotonicClock.Never, Is.EqualTo(router.State is VrrpState.Initialize or VrrpState.Fault));
            Assert.That(router.NextDeadline, Is.GreaterThan(Harness.Now - 1));
            if (router.Options.IsOwner)
                Assert.That(router.EffectivePriority, Is.AnyOf(254, 255));
            else
                Assert.That(router.EffectivePriority, Is.InRange(1, 254));
            Assert.That(
                router.Faults.Count > 0,
                Is.EqualTo(router.State == VrrpState.Fault).Or.EqualTo(router.State == VrrpState.Initialize));
        }

        private void Follow(VrrpAction action)
        {
            switch (action.Kind)
            {
                case VrrpActionKind.SendAdvertisement:
                    _resigned = action.Priority == 0;
                    Assert.That(
                        _holds || action.AdvertisementReason == VrrpAdvertisementReason.BecomingMaster,
                        Is.True,
                        "only a master speaks");
                    break;
                case VrrpActionKind.ConfigureAddresses:
                    _holds = true;
                    break;
                case VrrpActionKind.RemoveAddresses:
                    Assert.That(_holds, Is.True);
                    _holds = _resigned = false;
                    break;
                case VrrpActionKind.AnnounceAddresses:
                    Assert.That(_holds, Is.True, "what is announced is configured");
                    Assert.That(action.Rounds, Is.Positive);
                    break;
                case VrrpActionKind.StateChanged:
                    Assert.That(action.PreviousState, Is.EqualTo(_state));
                    _state = action.State;
                    break;
                default:
                    break;
            }
        }
    }
}
