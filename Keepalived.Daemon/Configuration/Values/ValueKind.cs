namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What kind of value a keyword has, for help, schema and tests.</summary>
internal enum ValueKind
{
    /// <summary>Words with a syntax of their own, which the description shows.</summary>
    Words = 0,

    /// <summary>None: the keyword's presence is its value.</summary>
    Flag,

    /// <summary>on or off.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with decimals.</summary>
    Decimal,

    /// <summary>One word of a few.</summary>
    Choice,

    /// <summary>Any word: a name, a path.</summary>
    Word,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>A password or key.</summary>
    Secret,

    /// <summary>A command with its user.</summary>
    Script,

    /// <summary>Entries between braces, one a line.</summary>
    List,

    /// <summary>Keywords between braces.</summary>
    Block,
}
