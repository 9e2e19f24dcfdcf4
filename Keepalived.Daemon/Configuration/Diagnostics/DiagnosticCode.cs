namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>A kind of finding.</summary>
/// <param name="Id">Its number, such as KC0201; stable over versions, so that it can be searched for and filtered by.</param>
/// <param name="Name">Its name in words with hyphens.</param>
public sealed record DiagnosticCode(string Id, string Name)
{
    /// <summary>The number and the name.</summary>
    public override string ToString() => $"{Id} {Name}";
}
