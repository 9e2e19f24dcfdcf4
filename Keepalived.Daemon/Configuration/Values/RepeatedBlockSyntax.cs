using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// A block of which there may be several: each is read into values that are used again for the next one, and <paramref name="make"/> makes
/// something of them while they hold; null, reported, leaves the block out.
/// </summary>
internal sealed class RepeatedBlockSyntax<T>(KeywordBlock block, RepeatedBlockSyntax<T>.Maker make) : ValueSyntax<List<T>>
    where T : class
{
    public delegate T? Maker(ValueReader reader, BlockValues values);

    public override string Description => "{ ... }";

    public override KeywordBlock Block => block;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, List<T>? previous, out List<T> value)
    {
        value = previous ?? [];
        var values = reader.Context.Borrow(block);
        values.Location = reader.Statement.Location;
        reader.Context.ReadBlock(reader.Statement, values);
        if (make(reader, values) is { } made)
            value.Add(made);
        return true;
    }
}
