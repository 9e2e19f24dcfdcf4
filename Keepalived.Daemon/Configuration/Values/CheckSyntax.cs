using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A check of the real server whose block is being read, which gets it. The value is how many of the kind there are.</summary>
internal sealed class CheckSyntax(KeywordBlock block, CheckSyntax.Maker make) : ValueSyntax<int>
{
    /// <summary>Makes a check of what its block says; null, reported, leaves it out.</summary>
    public delegate CheckDraft? Maker(ValueReader reader, BlockValues values);

    public override string Description => "{ ... }";

    public override KeywordBlock Block => block;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, int previous, out int value)
    {
        value = previous + 1;
        var values = reader.Context.Borrow(block);
        values.Location = reader.Statement.Location;
        reader.Context.ReadBlock(reader.Statement, values);
        if (make(reader, values) is { } check)
            reader.Context.CurrentServer?.Checks.Add(check);
        return true;
    }
}
