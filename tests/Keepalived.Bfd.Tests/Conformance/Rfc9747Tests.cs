using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 9747: unaffiliated echo.</summary>
public sealed class Rfc9747Tests
{
    private static readonly BfdEchoSessionOptions Options = new() { TransmitInterval = TimeSpan.FromMilliseconds(100) };

    [Test]
    public void G1_G5_G6_Packets_AreControlPacketsThatComeBackToTheirOnlySession()
    {
        var loop = new Loop();
        loop.Run(10 * Second);
        Assert.That(loop.Session.State, Is.EqualTo(BfdState.Up));
        Assert.That((loop.Sent[0].Header.MyDiscriminator, loop.Sent[0].Header.YourDiscriminator), Is.EqualTo((Mine, 0u)));
        Assert.That(loop.Sent.Skip(1).Select(packet => packet.Header.YourDiscriminator), Has.All.EqualTo(Mine));
        Assert.That(
            loop.Sent,
            Has.All.Matches<SentPacket>(packet => packet.Header.RequiredMinEchoRxInterval == 0 && packet.Header.DesiredMinTxInterval > 0));
    }

    [Test]
    public void G2_Rate_IsSlowUntilUpAndAgainWhenDown()
    {
        var loop = new Loop();
        loop.Run(10 * Second);
        var slow = loop.Sent.TakeWhile(packet => packet.Header.State != BfdState.Up).ToArray();
        Assert.That(slow.Zip(slow.Skip(1), (first, second) => second.Time - first.Time), Has.All.InRange(750 * Millisecond, Second));
        Assert.That(loop.Sent, Has.Count.InRange(75, 120), "fast once up");

        loop.IsBroken = true;
        loop.Run(Second);
        loop.Sent.Clear();
        loop.Run(10 * Second);
        Assert.That(loop.Sent, Has.Count.InRange(9, 14));
    }

    [Test]
    public void G3_Multiplier_IsProvisionedHere()
    {
        var loop = new Loop(Options with { DetectMultiplier = 7 });
        loop.Run(0);
        Assert.That(loop.Sent[0].Header.DetectMultiplier, Is.EqualTo(7));
    }

    [Test]
    public void G4_MultiplierPacketsLost_DownWithDiagnosticTwo()
    {
        var loop = new Loop();
        loop.Run(10 * Second);
        loop.IsBroken = true;
        var broken = loop.Now;
        loop.Run(Second);
        var change = loop.Changes[^1];
        Assert.That((change.NewState, change.Diagnostic), Is.EqualTo((BfdState.Down, BfdDiagnostic.EchoFunctionFailed)));
        Assert.That(change.Time - broken, Is.InRange(225 * Millisecond, 400 * Millisecond));
        loop.IsBroken = false;
        loop.Run(5 * Second);
        Assert.That(loop.Session.State, Is.EqualTo(BfdState.Up), "and up again");
    }

    [TestCase(254, true)]
    [TestCase(253, false)]
    public void G7_HopLimit_IsOneLess(int hopLimit, bool comesUp)
    {
        var loop = new Loop { HopLimit = hopLimit };
        loop.Run(10 * Second);
        Assert.That(loop.Session.State == BfdState.Up, Is.EqualTo(comesUp));
    }

    [Test]
    public void Disable_FallsSilent_EnableComesUpAgain()
    {
        var loop = new Loop();
        loop.Run(5 * Second);
        loop.Session.Disable(loop.Now);
        loop.Sent.Clear();
        loop.Run(10 * Second);
        Assert.That(loop.Sent, Is.Empty);
        loop.Session.Enable(loop.Now);
        loop.Run(5 * Second);
        Assert.That(loop.Session.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public void Table_EchoDatagrams_FindTheirSession()
    {
        var loop = new Loop();
        var table = new BfdSessionTable();
        table.Add(loop.Session);
        loop.Run(0);
        Assert.That(
            table.HandleEchoDatagram(loop.Sent[0].Bytes, 254, loop.Now, out var session),
            Is.EqualTo(BfdDiscardReason.EchoStale),
            "back already");
        Assert.That(session, Is.SameAs(loop.Session));
        Assert.That(table.HandleEchoDatagram([1, 2, 3], 254, loop.Now, out session), Is.EqualTo(BfdDiscardReason.EchoFormat));
        Assert.That(session, Is.Null);
    }

    private sealed class Loop(BfdEchoSessionOptions? options = null)
    {
        private readonly byte[] _buffer = new byte[24];

        public BfdEchoSession Session { get; } = new(
            new BfdPath { Remote = InetAddress.Parse("10.90.0.7") }, Mine, options ?? Options, 0, new Random(1));

        public long Now { get; private set; }

        public bool IsBroken { get; set; }

        public int HopLimit { get; set; } = 254;

        public List<SentPacket> Sent { get; } = [];

        public List<BfdAction> Changes { get; } = [];

        public void Run(long duration)
        {
            var end = Now + duration;
            while (Session.NextDeadline <= end)
            {
                Now = Math.Max(Now, Session.NextDeadline);
                Session.HandleTimeout(Now);
                while (Session.TryDequeue(out var action))
                    Carry(action);
            }

            Now = end;
        }

        private void Carry(BfdAction action)
        {
            if (action.Kind == BfdActionKind.StateChanged)
            {
                Changes.Add(action);
                return;
            }

            Session.WriteControl(_buffer);
            BfdControlPacket.TryParse(_buffer, out var packet);
            Sent.Add(new SentPacket(Now, packet.Header, _buffer.ToArray()));
            if (!IsBroken)
                Session.HandlePacket(packet, HopLimit, Now);
        }
    }
}
