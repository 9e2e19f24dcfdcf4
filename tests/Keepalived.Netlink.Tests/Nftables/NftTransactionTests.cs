using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Nftables.Expressions;

namespace Keepalived.Netlink.Tests.Nftables;

public sealed class NftTransactionTests : NftFixture
{
    private static readonly NftTable Table = new(NftFamily.IPv4, "t");
    private static readonly NftChain Chain = new(NftFamily.IPv4, "t", "c");
    private static readonly NftSet Addresses = new(NftFamily.IPv4, "t", "s", NftDataType.IPv4Address, 4);

    [Test]
    public async Task Transaction_OfChainSetAndRule_IsListedByNft()
    {
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        transaction.AddChain(new NftChain(NftFamily.IPv4, "t", "in") { Base = new NftBaseChain(NftHook.Input, -1) });
        transaction.AddSet(Addresses);
        transaction.AddElements(Addresses, new NftElement(NftValue.Of(InetAddress.Parse("192.0.2.7"))));
        transaction.AddRule(new NftRule(
            NftFamily.IPv4, "t", "in",
            new PayloadExpression(PayloadBase.NetworkHeader, 16, 4, NftRegister.R1),
            new LookupExpression("s", NftRegister.R1),
            new CounterExpression(),
            new ImmediateExpression(NftVerdict.Drop))
        { Comment = "not for us" });
        await Client.CommitAsync(transaction);
        Assert.That(ListRuleset(), Is.EqualTo(
            """
            table ip t {
            	set s {
            		type ipv4_addr
            		elements = { 192.0.2.7 }
            	}

            	chain in {
            		type filter hook input priority filter - 1; policy accept;
            		ip daddr @s counter packets 0 bytes 0 drop comment "not for us"
            	}
            }
            """));
    }

    [Test]
    public async Task Transaction_WithARefusedRequest_ChangesNothingAndSaysWhich()
    {
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        transaction.AddRule(new NftRule(NftFamily.IPv4, "t", "missing", new CounterExpression()));
        transaction.AddChain(Chain);
        transaction.DeleteSet(Addresses);
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => Client.CommitAsync(transaction)))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.IsNotFound, error.Message);
            Assert.That(error.Message, Does.StartWith("add rule ip t missing: counter packets 0 bytes 0: No such file or directory (ENOENT)"));
            Assert.That(error.Message, Does.EndWith("and 1 more of 4 requests were refused; nothing was carried out"));
            Assert.That(await Client.GetTablesAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Create_OfWhatExists_FailsWithExists_AndAddDoesNot()
    {
        var transaction = new NftTransaction();
        transaction.CreateTable(Table);
        await Client.CommitAsync(transaction);
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => Client.CommitAsync(transaction)))!;
        Assert.That(error.IsExists, error.Message);
        transaction.Clear();
        transaction.AddTable(Table);
        await Client.CommitAsync(transaction);
        Assert.That((await Client.GetTablesAsync()).Single().Name, Is.EqualTo("t"));
    }

    [Test]
    public async Task RemoveTable_WhetherItIsThereOrNot_LeavesNone()
    {
        var transaction = new NftTransaction();
        transaction.RemoveTable(NftFamily.IPv4, "t");
        await Client.CommitAsync(transaction);
        Assert.That(await Client.GetTablesAsync(), Is.Empty);
        Nft("table ip t { chain c { counter; }; set s { type ipv4_addr; }; }");
        transaction = new NftTransaction();
        transaction.RemoveTable(NftFamily.IPv4, "t");
        transaction.AddTable(Table);
        await Client.CommitAsync(transaction);
        Assert.That(ListRuleset(), Is.EqualTo("table ip t {\n}"));
    }

    [Test]
    public async Task Rules_AddedInsertedReplacedAndDeletedByHandle_StandAsSaid()
    {
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        transaction.AddChain(Chain);
        var second = transaction.AddRule(Rule(2));
        var third = transaction.AddRule(Rule(3));
        transaction.InsertRule(Rule(1));
        var handles = await Client.CommitAsync(transaction);
        Assert.That(await MarksAsync(), Is.EqualTo([1, 2, 3]));

        transaction.Clear();
        transaction.AddRule(Rule(25), after: handles.HandleOf(second));
        transaction.InsertRule(Rule(15), before: handles.HandleOf(second));
        transaction.ReplaceRule(Rule(20) with { Handle = handles.HandleOf(second) });
        transaction.DeleteRule(Rule(3) with { Handle = handles.HandleOf(third) });
        await Client.CommitAsync(transaction);
        Assert.That(await MarksAsync(), Is.EqualTo([1, 15, 20, 25]));

        transaction.Clear();
        transaction.FlushChain(Chain);
        await Client.CommitAsync(transaction);
        Assert.That(await MarksAsync(), Is.Empty);
        Assert.That(() => transaction.DeleteRule(Rule(1)), Throws.ArgumentException);
    }

    [Test]
    public async Task Elements_AHundredThousand_GoInAsOneTransaction()
    {
        var elements = Enumerable.Range(0, 100_000).Select(i => new NftElement(NftValue.Of(InetAddress.FromIPv4(0x0a000000 + (uint)i)))).ToArray();
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        transaction.AddSet(Addresses);
        transaction.AddElements(Addresses, elements);
        await Client.CommitAsync(transaction);
        Assert.That(await Client.GetElementsAsync(NftFamily.IPv4, "t", "s"), Has.Count.EqualTo(100_000));

        transaction.Clear();
        transaction.DeleteElements(Addresses, elements[1..]);
        await Client.CommitAsync(transaction);
        Assert.That((await Client.GetElementsAsync(NftFamily.IPv4, "t", "s")).Single(), Is.EqualTo(elements[0]));

        transaction.Clear();
        transaction.FlushSet(Addresses);
        await Client.CommitAsync(transaction);
        Assert.That(await Client.GetElementsAsync(NftFamily.IPv4, "t", "s"), Is.Empty);
    }

    [Test]
    public async Task Sets_OfRangesConcatenationsTimeoutsAndMaps_AreListedByNft()
    {
        var ranges = new NftSet(NftFamily.IPv4, "t", "ranges", NftDataType.IPv4Address, 4) { Flags = NftSetFlags.Interval };
        var fields = new NftSet(
            NftFamily.IPv4, "t", "fields", NftDataType.Concatenate(NftDataType.IPv4Address, NftDataType.InetService), 8)
        { FieldLengths = [4, 2] };
        var timed = new NftSet(NftFamily.IPv4, "t", "timed", NftDataType.Mark, 4) { Timeout = TimeSpan.FromHours(1), Comment = "ends" };
        var map = new NftSet(NftFamily.IPv4, "t", "map", NftDataType.InetService, 2) { DataType = NftDataType.Mark, DataLength = 4 };
        var verdicts = new NftSet(NftFamily.IPv4, "t", "verdicts", NftDataType.InetService, 2) { DataType = NftDataType.Verdict };
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        transaction.AddChain(Chain);
        foreach (var set in new[] { ranges, fields, timed, map, verdicts })
            transaction.AddSet(set);
        transaction.AddElements(ranges, NftElement.Range(Address("10.0.0.0"), Address("10.0.0.9")));
        transaction.AddElements(ranges, NftElement.Range(Address("255.255.255.0"), Address("255.255.255.255")));
        transaction.AddElements(fields, new NftElement(NftValue.Concatenate(Address("10.0.0.1"), NftValue.NetworkOrder((ushort)80)))
        {
            KeyEnd = NftValue.Concatenate(Address("10.0.0.5"), NftValue.NetworkOrder((ushort)90)),
        });
        transaction.AddElements(timed, new NftElement(NftValue.HostOrder(7)) { Timeout = TimeSpan.FromDays(100) });
        transaction.AddElements(map, new NftElement(NftValue.NetworkOrder((ushort)80)) { Data = NftValue.HostOrder(1000) });
        transaction.AddElements(
            verdicts,
            new NftElement(NftValue.NetworkOrder((ushort)22)) { Data = NftVerdict.Goto("c") },
            new NftElement(default) { IsCatchAll = true, Data = NftVerdict.Drop });
        await Client.CommitAsync(transaction);
        var text = ListRuleset();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("elements = { 10.0.0.0-10.0.0.9, 255.255.255.0/24 }"));
            Assert.That(text, Does.Contain("elements = { 10.0.0.1-10.0.0.5 . 80-90 }"));
            Assert.That(text, Does.Contain("elements = { 0x00000007 timeout 100d expires 99d"));
            Assert.That(text, Does.Contain("elements = { 80 : 0x000003e8 }"));
            Assert.That(text, Does.Contain("elements = { 22 : goto c, * : drop }"));
            Assert.That(text, Does.Contain("comment \"ends\""));
        }
    }

    [Test]
    public async Task Commit_OnTheLoop_IsDoneBeforeTheCallReturns()
    {
        var transaction = new NftTransaction();
        transaction.AddTable(Table);
        await Client.CommitAsync(transaction);
        await Client.CommitAsync(new NftTransaction());
        Assert.That(await Client.GetTablesAsync(NftFamily.IPv6), Is.Empty);
        Assert.That(await Client.GetTablesAsync(NftFamily.IPv4), Has.Count.EqualTo(1));
    }

    [Test]
    public void Range_InTheWrongOrder_IsRefused()
    {
        Assert.That(() => NftElement.Range(Address("10.0.0.9"), Address("10.0.0.0")), Throws.ArgumentException);
        Assert.That(() => NftValue.OfInterface("a-name-of-16-byt"), Throws.ArgumentException);
        Assert.That(() => new NftTable(NftFamily.IPv4, new string('x', 256)), Throws.ArgumentException);
    }

    private static NftValue Address(string text) => NftValue.Of(InetAddress.Parse(text));

    private static NftRule Rule(uint mark) => new(
        NftFamily.IPv4, "t", "c",
        new ImmediateExpression(NftRegister.R1, NftValue.HostOrder(mark)),
        new MetaExpression(MetaKey.Mark, NftRegister.R1, IsStore: true));

    private async Task<IEnumerable<uint>> MarksAsync() => (await Client.GetRulesAsync(NftFamily.IPv4, "t", "c"))
        .Select(rule => BitConverter.ToUInt32(((ImmediateExpression)rule.Expressions[0]).Data.Value.Bytes));
}
