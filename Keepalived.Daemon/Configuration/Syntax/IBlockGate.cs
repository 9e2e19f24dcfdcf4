namespace Keepalived.Daemon.Configuration.Syntax;

/// <summary>Asked at each block whether it is to be read: one without a name, or with a name in use, is not.</summary>
internal interface IBlockGate
{
    /// <summary>Whether the block that <paramref name="statement"/> opens is skipped; it reports why.</summary>
    bool ShouldSkip(Statement statement);

    /// <summary>Takes a statement of a streamed block, which is forgotten afterwards.</summary>
    void Consume(Statement child);

    /// <summary>Carries out a statement that changes how the lines after it are read.</summary>
    void Apply(Statement directive);
}
