using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Sends connections to this machine itself (<c>redir</c>), in a chain of type nat.</summary>
public sealed record RedirectExpression : NftExpression
{
    internal const string KernelName = "redir";

    private const ushort FlagsAttribute = 3;
    private const ushort PortMinAttribute = 1;
    private const ushort PortMaxAttribute = 2;

    /// <summary>The register with the port, or the first of a range.</summary>
    public uint? PortRegister { get; init; }

    /// <summary>The register with the last port of a range.</summary>
    public uint? LastPortRegister { get; init; }

    /// <summary>How a port is chosen.</summary>
    public NatFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => PortRegister is { } port ? $"redir to reg {port}" : "redir";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        NatAttributes.Write(ref writer, PortMinAttribute, PortRegister);
        NatAttributes.Write(ref writer, PortMaxAttribute, LastPortRegister ?? PortRegister);
        if (Flags != 0)
            writer.WriteUInt32BigEndian(FlagsAttribute, (uint)Flags);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var port = attributes.UInt32OrNull(PortMinAttribute);
        return new RedirectExpression
        {
            PortRegister = port,
            LastPortRegister = NatAttributes.Unless(attributes.UInt32OrNull(PortMaxAttribute), port),
            Flags = (NatFlags)attributes.UInt32(FlagsAttribute) & ~NatFlags.Derived,
        };
    }
}
