using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A block within a block, read into values of its own; a repeated one adds to them.</summary>
internal sealed class BlockSyntax(KeywordBlock block, string description = "") : ValueSyntax<BlockValues>
{
    public override string Description => description.Length == 0 ? "{ ... }" : $"{description} {{ ... }}";

    public override KeywordBlock Block => block;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, BlockValues? previous, out BlockValues value)
    {
        value = previous ?? new BlockValues(block);
        reader.Context.ReadBlock(reader.Statement, value);
        return true;
    }
}
