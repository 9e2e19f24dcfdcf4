using Keepalived.Netlink.Io;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>An advert under way; returns to its pool when the last copy has arrived.</summary>
internal sealed class LanFrame
{
    public byte[] Bytes { get; private set; } = new byte[256];

    public DatagramHeader Header { get; set; }

    public byte Priority { get; set; }

    /// <summary>The sender's advertisement interval.</summary>
    public long Interval { get; set; }

    /// <summary>Copies that have not arrived.</summary>
    public int Copies { get; set; }

    public ReadOnlySpan<byte> Packet => Bytes.AsSpan(0, Header.Length);

    public void Set(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Bytes.Length)
            Bytes = new byte[packet.Length];
        packet.CopyTo(Bytes);
    }
}
