namespace Keepalived.Bfd.Wire;

/// <summary>
/// Why a session last changed its state (RFC 5880 §4.1). Values 9 to 31 are reserved: received ones are kept as they are.
/// </summary>
public enum BfdDiagnostic : byte
{
    /// <summary>No diagnostic.</summary>
    None = 0,

    /// <summary>The detection time passed without a packet.</summary>
    ControlDetectionTimeExpired = 1,

    /// <summary>Echo packets did not come back.</summary>
    EchoFunctionFailed = 2,

    /// <summary>The neighbour said that it is down.</summary>
    NeighborSignaledSessionDown = 3,

    /// <summary>The forwarding plane was reset.</summary>
    ForwardingPlaneReset = 4,

    /// <summary>The path is known to be down from elsewhere.</summary>
    PathDown = 5,

    /// <summary>A path that this one is concatenated with is down.</summary>
    ConcatenatedPathDown = 6,

    /// <summary>Held down by an administrator.</summary>
    AdministrativelyDown = 7,

    /// <summary>The reverse of a path that this one is concatenated with is down.</summary>
    ReverseConcatenatedPathDown = 8,
}
