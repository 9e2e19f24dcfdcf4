using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>A sync group of routers on links of their own, in virtual time, and all that they and the group said, in order.</summary>
internal sealed class GroupHarness
{
    public GroupHarness(params VrrpRouterOptions[] members)
    {
        Routers = [.. members.Select(static (options, i) => new VrrpRouter(options with { Name = ((char)('A' + i)).ToString() }))];
        Group.SetMembers([.. Routers], Now);
    }

    public VrrpSyncGroup Group { get; } = new("G");

    public List<VrrpRouter> Routers { get; }

    public long Now { get; private set; } = RouterHarness.Epoch;

    /// <summary>In short: <c>A&gt;MASTER</c> a state, <c>A!0</c> an advert, <c>A+</c> and <c>A-</c> addresses, <c>A*</c> announcements, <c>G&gt;MASTER</c>.</summary>
    public List<string> Log { get; } = [];

    public IEnumerable<VrrpState> States => Routers.Select(static router => router.State);

    /// <summary>The lines about states only.</summary>
    public IEnumerable<string> Changes => Log.Where(static line => line.Contains('>', StringComparison.Ordinal));

    public static GroupHarness Three(VrrpState state) => Three(state, RouterHarness.V3());

    /// <summary>Three members in a state, with nothing said yet.</summary>
    public static GroupHarness Three(VrrpState state, VrrpRouterOptions options)
    {
        var harness = new GroupHarness(options, options, options).Start();
        if (state == VrrpState.Master)
            harness.Elapse(10 * RouterHarness.Second);
        else if (state == VrrpState.Fault)
            harness.Do(1, static (router, now) => router.SetFault(Fault, true, now));
        Assert.That(harness.States, Is.All.EqualTo(state));
        harness.Log.Clear();
        return harness;
    }

    public static VrrpFault Fault => new(VrrpFaultReason.InterfaceDown, 7);

    public GroupHarness Start(long startupDelay = 0)
    {
        Group.Start(Now, startupDelay == 0 ? 0 : Now + startupDelay);
        DrainGroup();
        return this;
    }

    public void Do(int member, Action<VrrpRouter, long> input)
    {
        input(Routers[member], Now);
        Drain(Routers[member]);
    }

    public void SetMembers(params VrrpRouter[] members)
    {
        Group.SetMembers([.. members], Now);
        foreach (var router in Routers)
            Drain(router);
    }

    public void Receive(int member, int priority, InetAddress source)
    {
        var router = Routers[member];
        var template = new VrrpAdvertisementTemplate(router.Options with { SourceAddress = source });
        var packet = template.Patch((byte)priority, 1, source, router.Options.EffectiveGroup).ToArray();
        var header = new DatagramHeader
        {
            Length = packet.Length,
            Source = source,
            Destination = router.Options.EffectiveGroup,
            HopLimit = 255,
        };
        Assert.That(router.HandleDatagram(header, packet, Now), Is.EqualTo(VrrpDiscardReason.None));
        Drain(router);
    }

    public GroupHarness Elapse(long duration)
    {
        var until = Now + duration;
        while (Routers.MinBy(static router => router.NextDeadline)!.NextDeadline <= until)
        {
            var router = Routers.MinBy(static router => router.NextDeadline)!;
            Now = Math.Max(Now, router.NextDeadline);
            router.HandleTimeout(Now);
            Drain(router);
        }

        Now = until;
        return this;
    }

    private void Drain(VrrpRouter router)
    {
        while (router.TryDequeue(out var action))
            Note(router.Options.Name, action);
        DrainGroup();
    }

    private void DrainGroup()
    {
        while (Group.TryDequeue(out var action))
        {
            if (action.Kind == VrrpSyncGroupActionKind.StateChanged)
                Log.Add($"G>{action.State}");
            else if (action.Kind == VrrpSyncGroupActionKind.DrainMember)
                Drain(action.Member!);
        }
    }

    private void Note(string name, in VrrpAction action)
    {
        switch (action.Kind)
        {
            case VrrpActionKind.SendAdvertisement:
                Log.Add($"{name}!{action.Priority}");
                break;
            case VrrpActionKind.ConfigureAddresses:
                Log.Add($"{name}+");
                break;
            case VrrpActionKind.RemoveAddresses:
                Log.Add($"{name}-");
                break;
            case VrrpActionKind.AnnounceAddresses:
                Log.Add($"{name}*");
                break;
            case VrrpActionKind.StateChanged:
                Log.Add($"{name}>{action.State}");
                break;
        }
    }
}
