namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>A check of a real server, completed with what it inherits from the server and its virtual server.</summary>
public abstract record CheckConfiguration
{
    /// <summary><c>alpha</c>: whether it counts as failed until it first succeeds.</summary>
    public bool Alpha { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
