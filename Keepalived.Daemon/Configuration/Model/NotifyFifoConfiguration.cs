namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A FIFO that receives event lines, with the script that reads it.</summary>
public sealed record NotifyFifoConfiguration
{
    /// <summary>The path of the FIFO; created if absent.</summary>
    public required string Path { get; init; }

    /// <summary>The owner's user id.</summary>
    public uint UserId { get; init; }

    /// <summary>The owner's group id.</summary>
    public uint GroupId { get; init; }

    /// <summary>The script started with the FIFO's path as last argument; none if null.</summary>
    public ScriptConfiguration? Script { get; init; }
}
