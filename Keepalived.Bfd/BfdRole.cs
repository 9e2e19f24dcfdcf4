namespace Keepalived.Bfd;

/// <summary>Who speaks first (RFC 5880 §6.1). At least one side of a session has to be active.</summary>
public enum BfdRole : byte
{
    /// <summary>Sends whether or not the neighbour has been heard.</summary>
    Active,

    /// <summary>Sends nothing until the neighbour has been heard.</summary>
    Passive,
}
