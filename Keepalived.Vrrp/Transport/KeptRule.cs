using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>A virtual rule in the kernel.</summary>
internal sealed class KeptRule(VirtualRule rule) : KeptObject
{
    private readonly Rule _known = AsKernelTells(rule.Rule);

    public override KeptKind Kind => KeptKind.Rule;

    public override bool IsTracked => Wish.Track;

    public VirtualRule Wish { get; } = rule;

    public override bool IsSameWish(KeptObject other) => other is KeptRule rule && rule.Wish == Wish;

    public override bool IsSameInKernel(KeptObject other) => other is KeptRule rule && rule._known == _known;

    /// <summary>Whether a rule of the kernel is this one.</summary>
    public bool IsThis(Rule known) => AsKernelTells(known) == _known;

    public static string ToJournalKey(Rule rule) => $"rule {rule.Family} {AsKernelTells(rule)}";

    public override string ToJournalKey(InterfaceTable interfaces) => ToJournalKey(Wish.Rule);

    /// <summary>The kernel takes interfaces of rules by name, whether they exist or not.</summary>
    public override string? Place(InterfaceTable interfaces) => null;

    public override void Add(RouteBatch batch) => batch.AddRule(Wish.Rule);

    public override void Delete(RouteBatch batch) => batch.DeleteRule(Wish.Rule);

    public override void ExpectRemoval(TransportContext context) => context.ExpectedRuleRemovals.Add(_known, context.Loop.Now);

    public override void ForgetRemoval(TransportContext context) => context.ExpectedRuleRemovals.Remove(_known, context.Loop.Now);

    public override string ToString() => $"rule {Wish}";

    /// <summary>What the key of an expected removal is.</summary>
    public static Rule AsKernelTells(Rule rule) => rule with
    {
        Source = rule.Source is { Length: > 0 } ? rule.Source : null,
        Destination = rule.Destination is { Length: > 0 } ? rule.Destination : null,
        Table = rule is { Action: RuleAction.Table, UseLayer3MasterDevice: false } ? rule.Table : RouteTable.Unspecified,
        Mark = rule.Mark is 0 ? null : rule.Mark,
        MarkMask = rule.MarkMask ?? (rule.Mark is null or 0 ? null : uint.MaxValue),
    };
}
