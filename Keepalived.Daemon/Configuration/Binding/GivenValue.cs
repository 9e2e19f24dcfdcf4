using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The value that a block gives to a keyword, if it does.</summary>
internal abstract class GivenValue
{
    /// <summary>Whether the block gives one.</summary>
    public bool IsGiven { get; protected set; }

    public SourceLocation Location { get; protected set; }

    public abstract void Forget();
}
