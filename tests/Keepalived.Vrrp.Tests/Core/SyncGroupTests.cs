using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>What one member's change does to the others: the propagation table, row by row.</summary>
public sealed class SyncGroupTests
{
    private const long Second = RouterHarness.Second;
    private const int A = 0, B = 1, C = 2;

    [Test]
    public void Start_Usable_TheGroupIsToldBackupBeforeItsMembers()
    {
        var group = new GroupHarness(RouterHarness.V3(), RouterHarness.V3()).Start();
        Assert.That(group.Log, Is.EqualTo(new[] { "G>Backup", "A>Backup", "B>Backup" }));
    }

    [Test]
    public void Start_AMemberInFault_AllAreInFault()
    {
        var group = new GroupHarness(RouterHarness.V3(), RouterHarness.V3());
        group.Do(B, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        group.Start();
        Assert.That(group.Log, Is.EqualTo(new[] { "G>Fault", "A>Fault", "B>Fault" }));
    }

    [Test]
    public void Start_AllOwners_AreMasterAtOnce()
    {
        var group = new GroupHarness(RouterHarness.V3(255), RouterHarness.V3(255)).Start().Elapse(MonotonicClock.Millisecond);
        Assert.That(group.Changes, Is.EqualTo(new[] { "A>Master", "B>Master", "G>Master" }));
    }

    [Test]
    public void Start_OwnersAndOthers_NoneIsMasterAtOnce()
    {
        var group = new GroupHarness(RouterHarness.V3(255), RouterHarness.V3()).Start().Elapse(Second);
        Assert.That(group.Group.IsMixed, Is.True);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Backup));
        group.Elapse(3 * Second);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Master));
    }

    [Test]
    public void Start_AllPreferMaster_OneIntervalAndTheSmallestSkewAreAwaited()
    {
        var options = RouterHarness.V3() with { InitialState = VrrpState.Master };
        var group = new GroupHarness(options, options).Start();
        group.Elapse(1_003 * MonotonicClock.Millisecond);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Backup));
        group.Elapse(MonotonicClock.Millisecond);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Master));
    }

    [Test]
    public void ToMaster_AMemberDoesNotWantTo_TheOthersWaitAMasterDownIntervalMore()
    {
        var group = new GroupHarness(RouterHarness.V3(150), RouterHarness.V3(100)).Start();
        group.Elapse(3_500 * MonotonicClock.Millisecond);
        Assert.That(group.Routers[A].WantedState, Is.EqualTo(VrrpState.Master));
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Backup));
        Assert.That(group.Routers[A].NextDeadline, Is.GreaterThan(group.Now + (3 * Second)));
    }

    [Test]
    public void ToMaster_TheLastOneWantsTo_AllBecomeMasterThenTheGroup()
    {
        var group = new GroupHarness(RouterHarness.V3(150), RouterHarness.V3(100), RouterHarness.V3(120)).Start();
        group.Log.Clear();
        group.Elapse(3_620 * MonotonicClock.Millisecond);
        Assert.That(group.Log, Is.EqualTo(new[]
        {
            "B!100", "B+", "B*", "B>Master", "A!150", "A+", "A*", "A>Master", "C!120", "C+", "C*", "C>Master", "G>Master",
        }));
    }

    [Test]
    public void ToMaster_AMemberFollowsAMaster_NoneBecomesMaster()
    {
        var group = new GroupHarness(RouterHarness.V3(150), RouterHarness.V3(100)).Start();
        for (var i = 0; i < 20; i++)
        {
            group.Elapse(Second);
            group.Receive(B, 200, RouterHarness.HigherAddress);
        }

        Assert.That(group.States, Is.All.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void MasterToBackup_HigherPriority_TheOthersFollowWithoutAWord()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.Receive(B, 200, RouterHarness.HigherAddress);
        Assert.That(group.Log, Is.EqualTo(new[] { "B-", "B>Backup", "A-", "A>Backup", "C-", "C>Backup", "G>Backup" }));
        Assert.That(group.Routers.Select(static router => router.WantedState), Is.All.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void MasterToFault_EachMemberSaysPriorityZeroOnce()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.Do(C, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        Assert.That(group.Log, Is.EqualTo(new[]
        {
            "C!0", "C-", "C>Fault", "A!0", "A-", "A>Fault", "B!0", "B-", "B>Fault", "G>Fault",
        }));
    }

    [Test]
    public void BackupToFault_TheOthersFollow()
    {
        var group = GroupHarness.Three(VrrpState.Backup);
        group.Do(A, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        Assert.That(group.Log, Is.EqualTo(new[] { "A>Fault", "B>Fault", "C>Fault", "G>Fault" }));
        Assert.That(group.Routers.Select(static router => router.NextDeadline), Is.All.EqualTo(MonotonicClock.Never));
    }

    [Test]
    public void Fault_ASecondMemberFails_NothingIsSaid()
    {
        var group = GroupHarness.Three(VrrpState.Fault);
        group.Do(C, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        Assert.That(group.Log, Is.Empty);
    }

    [Test]
    public void Fault_OneOfTwoFaultsEnds_AllStay()
    {
        var group = GroupHarness.Three(VrrpState.Fault);
        group.Do(C, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        group.Do(B, static (router, now) => router.SetFault(GroupHarness.Fault, false, now));
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Fault));
        Assert.That(group.Log, Is.Empty);
    }

    [Test]
    public void Fault_TheLastOneEnds_AllGoToBackup()
    {
        var group = GroupHarness.Three(VrrpState.Fault);
        group.Do(B, static (router, now) => router.SetFault(GroupHarness.Fault, false, now));
        Assert.That(group.Log, Is.EqualTo(new[] { "B>Backup", "A>Backup", "C>Backup", "G>Backup" }));
        group.Elapse(4 * Second);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Master));
    }

    [Test]
    public void Fault_OfOwnersEnds_AllGoToMaster()
    {
        var group = GroupHarness.Three(VrrpState.Master, RouterHarness.V3(255));
        group.Do(B, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        group.Do(A, static (router, now) => router.SetFault(GroupHarness.Fault, true, now));
        group.Do(B, static (router, now) => router.SetFault(GroupHarness.Fault, false, now));
        group.Log.Clear();
        group.Do(A, static (router, now) => router.SetFault(GroupHarness.Fault, false, now));
        Assert.That(group.Changes, Is.EqualTo(new[] { "A>Master", "B>Master", "C>Master", "G>Master" }));
    }

    [Test]
    public void AddressLost_AllGoWithPriorityZeroAndReturnAfterTheSkewTime()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.Do(B, static (router, now) => router.HandleAddressLost(now));
        Assert.That(group.Log, Is.EqualTo(new[]
        {
            "B!0", "B-", "B>Backup", "A!0", "A-", "A>Backup", "C!0", "C-", "C>Backup", "G>Backup",
        }));
        group.Elapse(610 * MonotonicClock.Millisecond);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Master));
    }

    [Test]
    public void LowerPriorityHeard_TheOthersAnnounceTheirAddressesToo()
    {
        var group = GroupHarness.Three(VrrpState.Master, RouterHarness.V3() with { Announcements = new() { LowerPriorityRepeat = 2 } });
        group.Receive(B, 50, RouterHarness.LowerAddress);
        Assert.That(group.Log, Is.EqualTo(new[] { "B!100", "B*", "A*", "C*" }));
    }

    [Test]
    public void Stop_OfAMember_LeavesTheOthersAlone()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.Do(A, static (router, now) => router.Stop(now));
        Assert.That(group.Log, Is.EqualTo(new[] { "A!0", "A-", "A>Initialize" }));
        Assert.That(group.States, Is.EqualTo(new[] { VrrpState.Initialize, VrrpState.Master, VrrpState.Master }));
    }

    [Test]
    public void SetMembers_TheFaultyOneLeaves_TheOthersGoOn()
    {
        var group = GroupHarness.Three(VrrpState.Fault);
        group.SetMembers(group.Routers[A], group.Routers[C]);
        Assert.That(group.States, Is.EqualTo(new[] { VrrpState.Backup, VrrpState.Fault, VrrpState.Backup }));
        Assert.That(group.Group.State, Is.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void SetMembers_OneHeldInFaultLeaves_ItGoesOn()
    {
        var group = GroupHarness.Three(VrrpState.Fault);
        group.SetMembers(group.Routers[B], group.Routers[C]);
        Assert.That(group.States, Is.EqualTo(new[] { VrrpState.Backup, VrrpState.Fault, VrrpState.Fault }));
        Assert.That(group.Group.State, Is.EqualTo(VrrpState.Fault));
    }

    [Test]
    public void SetMembers_ABackupJoinsMasters_ItBecomesMasterAndNothingElseHappens()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.SetMembers(group.Routers[A], group.Routers[B]);
        group.Receive(C, 200, RouterHarness.HigherAddress);
        group.SetMembers([.. group.Routers]);
        group.Log.Clear();
        group.Elapse(4 * Second);
        Assert.That(group.Changes, Is.EqualTo(new[] { "C>Master", "G>Master" }));
    }

    [Test]
    public void SetMembers_AFollowerJoinsMasters_TheyFollowToo()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        group.SetMembers(group.Routers[A], group.Routers[B]);
        group.Receive(C, 200, RouterHarness.HigherAddress);
        group.SetMembers([.. group.Routers]);
        group.Receive(C, 200, RouterHarness.HigherAddress);
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Backup));
    }

    [Test]
    public void SetMembers_OneThatWasNotStartedJoins_ItsFaultsDoNotCountYet()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        var joining = new VrrpRouter(RouterHarness.V3() with { Name = "D" });
        joining.SetFault(GroupHarness.Fault, true, group.Now);
        group.Routers.Add(joining);
        group.SetMembers([.. group.Routers]);
        Assert.That(group.Log, Is.Empty);
        Assert.That(group.Group.State, Is.EqualTo(VrrpState.Master));

        joining.SetFault(GroupHarness.Fault, false, group.Now);
        group.Start();
        group.Elapse(4 * Second);
        Assert.That(group.Changes, Is.EqualTo(new[] { "D>Backup", "G>Backup", "D>Master", "G>Master" }));
    }

    [Test]
    public void SetMembers_OneThatJoinsStartsWithAFault_AllAreInFault()
    {
        var group = GroupHarness.Three(VrrpState.Master);
        var joining = new VrrpRouter(RouterHarness.V3() with { Name = "D" });
        joining.SetFault(GroupHarness.Fault, true, group.Now);
        group.Routers.Add(joining);
        group.SetMembers([.. group.Routers]);
        group.Start();
        Assert.That(group.States, Is.All.EqualTo(VrrpState.Fault));
    }

    [Test]
    public void SetMembers_OfAnotherGroup_Throws()
    {
        var group = GroupHarness.Three(VrrpState.Backup);
        Assert.That(() => new VrrpSyncGroup("other").SetMembers([group.Routers[A]], group.Now), Throws.ArgumentException);
        Assert.That(() => group.Group.SetMembers([group.Routers[A], group.Routers[A]], group.Now), Throws.ArgumentException);
    }

    [Test]
    public void SteadyGroups_AllocateNothing()
    {
        var master = GroupHarness.Three(VrrpState.Master);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            foreach (var router in master.Routers)
            {
                router.HandleTimeout(router.NextDeadline);
                while (router.TryDequeue(out _))
                {
                }
            }

            while (master.Group.TryDequeue(out _))
            {
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
