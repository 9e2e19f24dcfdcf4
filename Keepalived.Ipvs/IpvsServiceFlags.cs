namespace Keepalived.Ipvs;

/// <summary>
/// Flags of a service (IP_VS_SVC_F_* of linux/ip_vs.h) beyond persistence. What the scheduler flags mean, the scheduler says.
/// </summary>
#pragma warning disable CA1069 // The scheduler flags have a meaning for each scheduler.
[Flags]
public enum IpvsServiceFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Each UDP packet is scheduled by itself (IP_VS_SVC_F_ONEPACKET).</summary>
    OnePacket = 0x4,

    /// <summary>The first flag of the scheduler (IP_VS_SVC_F_SCHED1).</summary>
    Scheduler1 = 0x8,

    /// <summary>The second flag of the scheduler (IP_VS_SVC_F_SCHED2).</summary>
    Scheduler2 = 0x10,

    /// <summary>The third flag of the scheduler (IP_VS_SVC_F_SCHED3).</summary>
    Scheduler3 = 0x20,

    /// <summary>sh: take another destination when the chosen one is not available.</summary>
    SourceHashFallback = Scheduler1,

    /// <summary>sh: hash the source port too.</summary>
    SourceHashPort = Scheduler2,

    /// <summary>mh: take another destination when the chosen one is not available.</summary>
    MaglevFallback = Scheduler1,

    /// <summary>mh: hash the source port too.</summary>
    MaglevPort = Scheduler2,
}
#pragma warning restore CA1069
