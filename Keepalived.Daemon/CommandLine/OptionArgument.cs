namespace Keepalived.Daemon.CommandLine;

/// <summary>Whether an option takes an argument, as in getopt_long(3).</summary>
internal enum OptionArgument
{
    /// <summary>Takes none; <c>--option=value</c> is an error.</summary>
    None,

    /// <summary>Takes one: attached, after <c>=</c>, or the next word.</summary>
    Required,

    /// <summary>May have one: attached to the short form or after <c>=</c>, never the next word.</summary>
    Optional,
}
