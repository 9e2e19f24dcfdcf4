using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// Changes of the packet filter that the kernel carries out together or not at all: <see cref="NftablesClient.CommitAsync"/>. No packet
/// sees half of them. Each method adds one and returns its index; later ones see what earlier ones did. Not thread-safe; not to be changed
/// while it is committed. <see cref="Clear"/> makes it ready for reuse.
/// </summary>
public sealed class NftTransaction
{
    private const NetlinkMessageFlags AddFlags = NetlinkMessageFlags.Create;
    private const NetlinkMessageFlags CreateFlags = NetlinkMessageFlags.Create | NetlinkMessageFlags.Exclusive;

    internal NetlinkBatch Requests { get; } = new();

    /// <summary>How many changes it holds.</summary>
    public int Count => Requests.Count;

    /// <summary>Forgets the changes and keeps the memory.</summary>
    /// <exception cref="InvalidOperationException">The transaction is being committed.</exception>
    public void Clear() => Requests.Clear();

    /// <summary>Adds a table if there is none of this name.</summary>
    public int AddTable(NftTable table) => NewTable(AddFlags, "add table", table);

    /// <summary>Adds a table: EEXIST if there is one of this name.</summary>
    public int CreateTable(NftTable table) => NewTable(CreateFlags, "create table", table);

    /// <summary>Deletes a table with all it holds: ENOENT if there is none.</summary>
    public int DeleteTable(NftFamily family, string name) => DeleteTable("delete table", new NftTable(family, name));

    /// <summary>Deletes a table with all it holds, if there is one: adds it and deletes it, as the kernel knows no other way before 6.3.</summary>
    public int RemoveTable(NftFamily family, string name)
    {
        var table = new NftTable(family, name);
        AddTable(table);
        return DeleteTable("delete table", table);
    }

    /// <summary>Adds a chain; or gives one that exists its policy.</summary>
    public int AddChain(NftChain chain) => NewChain(AddFlags, "add chain", chain);

    /// <summary>Adds a chain: EEXIST if there is one of this name.</summary>
    public int CreateChain(NftChain chain) => NewChain(CreateFlags, "create chain", chain);

    /// <summary>Deletes a chain with its rules: ENOENT if there is none, EBUSY if rules jump to it.</summary>
    public int DeleteChain(NftChain chain) => Requests.Add(
        NftMessageType.DeleteChain, NetlinkMessageFlags.None, "delete chain", NotNull(chain),
        static (ref NetlinkMessageWriter writer, NftChain chain) => chain.EncodeIdentity(ref writer));

    /// <summary>Deletes the rules of a chain.</summary>
    public int FlushChain(NftChain chain) => Requests.Add(
        NftMessageType.DeleteRule, NetlinkMessageFlags.None, "flush chain", NotNull(chain),
        static (ref NetlinkMessageWriter writer, NftChain chain) =>
            NftRule.EncodeIdentity(ref writer, chain.Family, chain.Table, chain.Name, 0));

    /// <summary>Adds a rule at the end of its chain, or after another. <see cref="NftCommit.HandleOf"/> has its handle afterwards.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="after">The handle of the rule that it follows; 0 for the end of the chain.</param>
    public int AddRule(NftRule rule, ulong after = 0) =>
        NewRule(AddFlags | NetlinkMessageFlags.Append, "add rule", rule, 0, after);

    /// <summary>Adds a rule at the beginning of its chain, or before another.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="before">The handle of the rule that follows it; 0 for the beginning of the chain.</param>
    public int InsertRule(NftRule rule, ulong before = 0) => NewRule(AddFlags, "insert rule", rule, 0, before);

    /// <summary>Puts a rule in the place of the one with its <see cref="NftRule.Handle"/>: ENOENT if there is none.</summary>
    /// <exception cref="ArgumentException">The rule has no handle.</exception>
    public int ReplaceRule(NftRule rule)
    {
        RequireHandle(rule);
        return NewRule(NetlinkMessageFlags.Replace, "replace rule", rule, rule.Handle, 0);
    }

    /// <summary>Deletes the rule with this <see cref="NftRule.Handle"/>: ENOENT if there is none.</summary>
    /// <exception cref="ArgumentException">The rule has no handle.</exception>
    public int DeleteRule(NftRule rule)
    {
        RequireHandle(rule);
        return Requests.Add(
            NftMessageType.DeleteRule, NetlinkMessageFlags.None, "delete rule", rule,
            static (ref NetlinkMessageWriter writer, NftRule rule) =>
                NftRule.EncodeIdentity(ref writer, rule.Family, rule.Table, rule.Chain, rule.Handle));
    }

    /// <summary>Adds a set or map if there is none of this name.</summary>
    public int AddSet(NftSet set) => NewSet(AddFlags, "add set", set);

    /// <summary>Adds a set or map: EEXIST if there is one of this name.</summary>
    public int CreateSet(NftSet set) => NewSet(CreateFlags, "create set", set);

    /// <summary>Deletes a set: ENOENT if there is none, EBUSY if rules use it.</summary>
    public int DeleteSet(NftSet set) => Requests.Add(
        NftMessageType.DeleteSet, NetlinkMessageFlags.None, "delete set", NotNull(set),
        static (ref NetlinkMessageWriter writer, NftSet set) => set.EncodeIdentity(ref writer));

    /// <summary>
    /// Adds elements. One that is there already stays; in a map it must lead to the same, else EEXIST. As many messages as they need.
    /// </summary>
    /// <returns>The index of the last of these messages; -1 if there are no elements.</returns>
    public int AddElements(NftSet set, params IEnumerable<NftElement> elements) =>
        Elements(NftMessageType.NewElements, AddFlags, "add elements to", set, elements);

    /// <summary>Adds elements: EEXIST if one is there already.</summary>
    /// <returns>The index of the last of these messages; -1 if there are no elements.</returns>
    public int CreateElements(NftSet set, params IEnumerable<NftElement> elements) =>
        Elements(NftMessageType.NewElements, CreateFlags, "create elements of", set, elements);

    /// <summary>Deletes elements: ENOENT if one is not there.</summary>
    /// <returns>The index of the last of these messages; -1 if there are no elements.</returns>
    public int DeleteElements(NftSet set, params IEnumerable<NftElement> elements) =>
        Elements(NftMessageType.DeleteElements, NetlinkMessageFlags.None, "delete elements of", set, elements);

    /// <summary>Deletes all elements of a set.</summary>
    public int FlushSet(NftSet set) => Requests.Add(
        NftMessageType.DeleteElements, NetlinkMessageFlags.None, "flush set", NotNull(set),
        static (ref NetlinkMessageWriter writer, NftSet set) => NftElementList.Encode(ref writer, set, []));

    /// <summary>Adds a named counter, quota or limit if there is none of this name.</summary>
    public int AddObject(NftObject value) => NewObject(AddFlags, "add", value);

    /// <summary>Adds a named object: EEXIST if there is one of this name.</summary>
    public int CreateObject(NftObject value) => NewObject(CreateFlags, "create", value);

    /// <summary>Deletes a named object: ENOENT if there is none, EBUSY if rules use it.</summary>
    public int DeleteObject(NftObject value) => Requests.Add(
        NftMessageType.DeleteObject, NetlinkMessageFlags.None, "delete", NotNull(value),
        static (ref NetlinkMessageWriter writer, NftObject value) => value.EncodeIdentity(ref writer));

    private int NewTable(NetlinkMessageFlags flags, string verb, NftTable table) => Requests.Add(
        NftMessageType.NewTable, flags, verb, NotNull(table),
        static (ref NetlinkMessageWriter writer, NftTable table) => table.Encode(ref writer));

    private int DeleteTable(string verb, NftTable table) => Requests.Add(
        NftMessageType.DeleteTable, NetlinkMessageFlags.None, verb, table,
        static (ref NetlinkMessageWriter writer, NftTable table) => table.EncodeIdentity(ref writer));

    private int NewChain(NetlinkMessageFlags flags, string verb, NftChain chain) => Requests.Add(
        NftMessageType.NewChain, flags, verb, NotNull(chain),
        static (ref NetlinkMessageWriter writer, NftChain chain) => chain.Encode(ref writer));

    private int NewRule(NetlinkMessageFlags flags, string verb, NftRule rule, ulong handle, ulong position) => Requests.Add(
        NftMessageType.NewRule, flags | NetlinkMessageFlags.Echo, verb, new PlacedRule(NotNull(rule), handle, position),
        static (ref NetlinkMessageWriter writer, PlacedRule placed) => placed.Rule.Encode(ref writer, placed.Handle, placed.Position));

    private int NewSet(NetlinkMessageFlags flags, string verb, NftSet set) => Requests.Add(
        NftMessageType.NewSet, flags, verb, NotNull(set),
        static (ref NetlinkMessageWriter writer, NftSet set) => set.Encode(ref writer));

    private int NewObject(NetlinkMessageFlags flags, string verb, NftObject value) => Requests.Add(
        NftMessageType.NewObject, flags, verb, NotNull(value),
        static (ref NetlinkMessageWriter writer, NftObject value) => value.Encode(ref writer));

    private int Elements(ushort type, NetlinkMessageFlags flags, string verb, NftSet set, IEnumerable<NftElement> elements)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(elements);
        var index = -1;
        foreach (var portion in NftElementList.Split(elements.ToArray()))
        {
            index = Requests.Add(
                type, flags, verb, new Portion(set, portion),
                static (ref NetlinkMessageWriter writer, Portion portion) =>
                    NftElementList.Encode(ref writer, portion.Set, portion.Elements));
        }

        return index;
    }

    private static void RequireHandle(NftRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Handle == 0)
            throw new ArgumentException("The kernel knows a rule by its handle, and this one has none.", nameof(rule));
    }

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    private sealed record PlacedRule(NftRule Rule, ulong Handle, ulong Position)
    {
        public override string ToString() => Rule.ToString();
    }

    private sealed record Portion(NftSet Set, ArraySegment<NftElement> Elements)
    {
        public override string ToString() => $"{Set} {{ {string.Join(", ", Elements.Take(4))}{(Elements.Count > 4 ? ", ..." : string.Empty)} }}";
    }
}
