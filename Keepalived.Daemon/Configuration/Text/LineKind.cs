namespace Keepalived.Daemon.Configuration.Text;

/// <summary>What the reader delivers.</summary>
internal enum LineKind
{
    /// <summary>The input has ended.</summary>
    End = 0,

    /// <summary>A line of words.</summary>
    Words,

    /// <summary>An opening brace.</summary>
    Open,

    /// <summary>A closing brace that closes something.</summary>
    Close,

    /// <summary>A closing brace too many; it has been reported.</summary>
    ExtraClose,
}
