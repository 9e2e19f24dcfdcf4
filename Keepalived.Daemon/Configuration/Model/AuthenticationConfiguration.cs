namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>authentication</c> block.</summary>
public sealed record AuthenticationConfiguration
{
    /// <summary>The type; never <see cref="AuthenticationType.None"/>.</summary>
    public required AuthenticationType Type { get; init; }

    /// <summary>The password, at most 8 bytes.</summary>
    public required Secret Password { get; init; }
}
