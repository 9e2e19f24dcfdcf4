namespace Keepalived.Bfd.Wire;

/// <summary>The six flags of a control packet: the low bits of its second byte (RFC 5880 §4.1).</summary>
[Flags]
public enum BfdFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>M: reserved for point-to-multipoint; a packet with it is discarded.</summary>
    Multipoint = 0x01,

    /// <summary>D: the sender is in demand mode and asks for no periodic packets.</summary>
    Demand = 0x02,

    /// <summary>A: an authentication section follows the header.</summary>
    AuthenticationPresent = 0x04,

    /// <summary>C: the sender's BFD survives a failure of its control plane.</summary>
    ControlPlaneIndependent = 0x08,

    /// <summary>F: the answer to a poll.</summary>
    Final = 0x10,

    /// <summary>P: asks for an answer with <see cref="Final"/>.</summary>
    Poll = 0x20,
}
