namespace Keepalived.Bfd;

/// <summary>The UDP ports of BFD (RFC 5881 §4, RFC 5883 §5).</summary>
public static class BfdPorts
{
    /// <summary>Destination of control packets over a single hop.</summary>
    public const ushort SingleHop = 3784;

    /// <summary>Destination of echo packets, affiliated and unaffiliated.</summary>
    public const ushort Echo = 3785;

    /// <summary>Destination of control packets over several hops.</summary>
    public const ushort Multihop = 4784;

    /// <summary>The lowest source port that RFC 5881 allows. A receiver must not insist on it.</summary>
    public const ushort FirstSource = 49152;

    /// <summary>The highest source port.</summary>
    public const ushort LastSource = 65535;
}
