namespace Keepalived.Simulation.Tests.Network;

/// <summary>What happened on a <see cref="VirtualLan"/>.</summary>
internal sealed class LanStatistics
{
    /// <summary>Adverts sent.</summary>
    public long Adverts { get; set; }

    /// <summary>Copies of them that a router got.</summary>
    public long Deliveries { get; set; }

    /// <summary>Copies lost on the way.</summary>
    public long Lost { get; set; }

    /// <summary>Frames that came twice.</summary>
    public long Doubled { get; set; }
}
