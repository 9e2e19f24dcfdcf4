namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>What a keyword without its parameter is.</summary>
public enum WithoutParameter
{
    /// <summary>Fatal: nothing starts, exit code 2.</summary>
    Fatal = 0,

    /// <summary>An error; the keyword is ignored.</summary>
    Error,

    /// <summary>Fine: the parameter is optional, or there is none.</summary>
    Fine,

    /// <summary>Ignored without a word.</summary>
    Ignored,
}
