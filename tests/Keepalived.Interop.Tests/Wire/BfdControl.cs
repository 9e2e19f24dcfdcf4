namespace Keepalived.Interop.Tests.Wire;

/// <summary>A BFD control packet as seen on the wire.</summary>
internal sealed record BfdControl
{
    public const int AdminDown = 0, Down = 1, Init = 2, Up = 3;

    public const int Expired = 1, EchoFailed = 2, NeighborDown = 3, AdministrativelyDown = 7;

    public required string Source { get; init; }

    public required string Destination { get; init; }

    public int HopLimit { get; init; }

    /// <summary>3784 for a single hop, 4784 for several.</summary>
    public int Port { get; init; }

    public int SourcePort { get; init; }

    public int State { get; init; }

    public int Diagnostic { get; init; }

    public bool Poll { get; init; }

    public bool Final { get; init; }

    public bool Authenticated { get; init; }

    public bool Demand { get; init; }

    public int Multiplier { get; init; }

    public uint MyDiscriminator { get; init; }

    public uint YourDiscriminator { get; init; }

    /// <summary>Microseconds.</summary>
    public uint DesiredMinTx { get; init; }

    /// <summary>Microseconds.</summary>
    public uint RequiredMinRx { get; init; }

    /// <summary>0 without authentication.</summary>
    public int AuthenticationType { get; init; }
}
