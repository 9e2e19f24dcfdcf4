using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// A block of which there may be many, such as a real server: each is read into values that are used again for the next one, and given to
/// <paramref name="complete"/> while they hold. The keyword's own value is how many there were.
/// </summary>
internal sealed class RepeatedBlockSyntax(KeywordBlock block, string description, RepeatedBlockSyntax.Completion? complete = null)
    : ValueSyntax<BlockTotals>
{
    public delegate void Completion(ValueReader reader, BlockValues values, BlockTotals totals);

    public override string Description => description.Length == 0 ? "{ ... }" : $"{description} {{ ... }}";

    public override KeywordBlock Block => block;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, BlockTotals? previous, out BlockTotals value)
    {
        value = previous ?? new BlockTotals();
        value.Count++;
        var values = reader.Context.Borrow(block);
        values.Location = reader.Statement.Location;
        if (block == RealServerKeywords.Block && InetAddress.TryParse(reader[1], out var server))
        {
            reader.Context.CurrentServer = server;
            value.Servers.Add((server, reader.Count > 2 ? reader.Text(2) : string.Empty, values.Location));
        }

        reader.Context.ReadBlock(reader.Statement, values);
        complete?.Invoke(reader, values, value);
        return true;
    }
}
