namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>BFD_CHECK</c>: a BFD session is up.</summary>
public sealed record BfdCheckConfiguration : CheckConfiguration
{
    /// <summary><c>name</c> of the <c>bfd_instance</c>, which tells the checker process.</summary>
    public required string Instance { get; init; }
}
